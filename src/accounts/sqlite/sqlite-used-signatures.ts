import { mkdir } from "node:fs/promises";
import path from "node:path";
import { openSqliteFile } from "../../base/sqlite-file.ts";
import type { UsedSignatures } from "../used-signatures.ts";

const MIGRATIONS: readonly string[] = [
  `CREATE TABLE used_signatures (
     signature TEXT PRIMARY KEY,
     ends_at_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX used_signatures_by_end ON used_signatures (ends_at_ms);`,
];

/** How often ended ones are forgotten. */
const SWEEP_MS = 10_000;

/**
 * Opens `signatures.db` below `dataDir`: shared by all servers of the folder, and kept over restarts, for a memory that
 * a crash empties could be emptied on purpose. `nowMs` is Unix time.
 */
export async function createSqliteUsedSignatures(
  dataDir: string,
  nowMs: () => number,
): Promise<UsedSignatures> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const database = await openSqliteFile(path.join(dataDir, "signatures.db"), MIGRATIONS);
  // An entry may be lost with the machine's power, but not with the process.
  database.exec("PRAGMA synchronous = NORMAL");
  const insert = database.prepare(
    "INSERT INTO used_signatures (signature, ends_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
  );
  const forget = database.prepare("DELETE FROM used_signatures WHERE ends_at_ms <= ?");
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  return {
    async note(signature, endsAtMs) {
      const now = nowMs();
      if (now - sweptAtMs >= SWEEP_MS) {
        sweptAtMs = now;
        forget.run(now);
      }
      return insert.run(signature, endsAtMs).changes === 1;
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}
