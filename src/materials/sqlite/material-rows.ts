import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Material, MaterialFace, MaterialQuery, MaterialState } from "../materials.ts";

/** A material as it lies in the table. */
export interface MaterialRow extends Material {
  readonly pictureFile: string;
}

/** The statements of the store, as functions; all synchronous. */
export interface MaterialRows {
  /** Returns whose activity it is (null: everybody's), or undefined when there is none. */
  ownerOf(activityId: string): string | null | undefined;
  addActivity(id: string, accountId: string | null, nowMs: number): void;
  add(row: MaterialRow): void;
  find(id: string): MaterialRow | undefined;
  list(query: MaterialQuery): MaterialRow[];
  count(activityId: string | undefined): number;
  review(id: string, review: Pick<Material, "state" | "auditResult" | "updatedAtMs">): void;
  remove(id: string): void;
}

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Prepares the statements. */
export function createMaterialRows(database: DatabaseSync): MaterialRows {
  const owner = database.prepare("SELECT account_id FROM activities WHERE id = ?");
  const addActivity = database.prepare("INSERT INTO activities VALUES (?, ?, ?)");
  const add = database.prepare(
    `INSERT INTO materials (id, activity_id, name, state, audit_result, faces, picture_file, created_at_ms, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = database.prepare("SELECT * FROM materials WHERE id = ?");
  const list = database.prepare(
    `SELECT * FROM materials WHERE ?1 IS NULL OR activity_id = ?1
     ORDER BY number LIMIT ?2 OFFSET ?3`,
  );
  const count = database.prepare(
    "SELECT count(*) AS count FROM materials WHERE ?1 IS NULL OR activity_id = ?1",
  );
  const review = database.prepare(
    "UPDATE materials SET state = ?, audit_result = ?, updated_at_ms = ? WHERE id = ?",
  );
  const remove = database.prepare("DELETE FROM materials WHERE id = ?");
  return {
    ownerOf: (id) => owner.get(id)?.account_id as string | null | undefined,
    addActivity: (...values) => void addActivity.run(...values),
    add: (row) => void add.run(...valuesOf(row)),
    find(id) {
      const row = find.get(id);
      return row && rowFrom(row);
    },
    list: ({ activityId, limit, offset }) =>
      list.all(activityId ?? null, limit, offset).map(rowFrom),
    count: (activityId) => Number(count.get(activityId ?? null)?.count),
    review: (id, { state, auditResult, updatedAtMs }) =>
      void review.run(state, auditResult, updatedAtMs, id),
    remove: (id) => void remove.run(id),
  };
}

function valuesOf(row: MaterialRow): (string | number)[] {
  const { id, activityId, name, state, auditResult, faces, pictureFile } = row;
  const texts = [id, activityId, name, state, auditResult, JSON.stringify(faces), pictureFile];
  return [...texts, row.createdAtMs, row.updatedAtMs];
}

function rowFrom(row: Row): MaterialRow {
  return {
    id: String(row.id),
    activityId: String(row.activity_id),
    name: String(row.name),
    state: row.state as MaterialState,
    auditResult: String(row.audit_result),
    faces: JSON.parse(String(row.faces)) as MaterialFace[],
    pictureFile: String(row.picture_file),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  };
}
