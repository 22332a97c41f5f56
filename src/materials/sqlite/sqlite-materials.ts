import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { inTransaction, openSqliteFile } from "../../base/sqlite-file.ts";
import { materialInvalid } from "../errors.ts";
import { checkId, createMaterialId } from "../material-ids.ts";
import type { Material, Materials, NewMaterial } from "../materials.ts";
import { createMaterialFiles, type MaterialFiles } from "./material-files.ts";
import { createMaterialRows, type MaterialRow, type MaterialRows } from "./material-rows.ts";
import { MATERIAL_MIGRATIONS } from "./migrations.ts";

/** What the store needs from outside. */
export interface SqliteMaterialsParts {
  readonly dataDir: string;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** The parts of an open store. */
interface Store {
  readonly database: DatabaseSync;
  readonly rows: MaterialRows;
  readonly files: MaterialFiles;
  readonly nowMs: () => number;
}

/**
 * Opens the embedded store `<dataDir>/materials`: a database and the pictures beside it. Every call reads the
 * database (microseconds), so that what another process changes counts at once.
 */
export async function createSqliteMaterials(parts: SqliteMaterialsParts): Promise<Materials> {
  const folder = join(parts.dataDir, "materials");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const database = await openSqliteFile(join(folder, "materials.db"), MATERIAL_MIGRATIONS);
  const rows = createMaterialRows(database);
  return materialsIn({
    database,
    rows,
    files: createMaterialFiles(folder),
    nowMs: parts.nowMs,
  });
}

function materialsIn(store: Store): Materials {
  const { database, rows, files, nowMs } = store;
  return {
    add: (material) => add(store, material),
    async hasActivity(activityId, accountId) {
      const owner = rows.ownerOf(activityId);
      return owner === null || owner === accountId;
    },
    find: async (id) => materialFrom(rows.find(id)),
    list: async (query) => ({
      materials: rows.list(query).map((row) => materialFrom(row)),
      count: rows.count(query.activityId),
    }),
    async readPicture(id) {
      const row = rows.find(id);
      return row && (await files.read(row.pictureFile));
    },
    async review(id, state, auditResult) {
      rows.review(id, { state, auditResult, updatedAtMs: nowMs() });
      return materialFrom(rows.find(id));
    },
    async remove(id) {
      const row = rows.find(id);
      if (row === undefined) return false;
      rows.remove(id);
      await files.remove(row.pictureFile);
      return true;
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

/** The file goes first: a crash in between leaves a file that nothing names, never a row without its picture. */
async function add(
  { database, rows, files, nowMs }: Store,
  material: NewMaterial,
): Promise<Material> {
  const id = material.id ?? createMaterialId();
  checkId(id, "material");
  checkId(material.activityId, "activity");
  if (material.faceBoxes.length === 0) throw materialInvalid("A material needs a face.");
  const pictureFile = await files.write(material.picture, material.format);
  const row = rowOf(material, { id, pictureFile, nowMs: nowMs() });
  try {
    inTransaction(database, () => {
      if (rows.find(id)) throw materialInvalid(`There is a material ${id} already.`);
      openActivity(rows, material, row.createdAtMs);
      rows.add(row);
    });
  } catch (error) {
    await files.remove(pictureFile);
    throw error;
  }
  return materialFrom(row);
}

function openActivity(rows: MaterialRows, material: NewMaterial, nowMs: number): void {
  const { activityId, accountId = null } = material;
  const owner = rows.ownerOf(activityId);
  if (owner === undefined) rows.addActivity(activityId, accountId, nowMs);
  else if (accountId !== null && owner !== accountId) {
    throw materialInvalid(`The activity ${activityId} is not that account's.`);
  }
}

function rowOf(
  material: NewMaterial,
  made: { readonly id: string; readonly pictureFile: string; readonly nowMs: number },
): MaterialRow {
  const { activityId, name, state, faceBoxes } = material;
  const faces = faceBoxes.map((box, i) => ({ id: `${made.id}_${i + 1}`, box }));
  const times = { createdAtMs: made.nowMs, updatedAtMs: made.nowMs };
  const { id, pictureFile } = made;
  return { id, activityId, name, state, auditResult: "", faces, pictureFile, ...times };
}

function materialFrom(row: MaterialRow): Material;
function materialFrom(row: MaterialRow | undefined): Material | undefined;
function materialFrom(row: MaterialRow | undefined): Material | undefined {
  if (row === undefined) return undefined;
  const { pictureFile: _, ...material } = row;
  return material;
}
