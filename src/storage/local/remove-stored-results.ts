import { existsSync } from "node:fs";
import { join } from "node:path";
import { resultOwnerMissing } from "../errors.ts";
import type { ResultOwner } from "../storage.ts";
import { readResultNote } from "./result-file.ts";
import { removeResultFiles } from "./result-folder.ts";

/**
 * Deletes stored results below a data folder that a server may be using, and returns how many there were; the server
 * learns of the room with its next sweep. Throws `field-value-invalid` when `owner` names nothing.
 */
export async function removeStoredResults(dataDir: string, owner: ResultOwner): Promise<number> {
  const root = join(dataDir, "results");
  const isDue = createOwnerTest(owner);
  return existsSync(root) ? await removeResultFiles(root, isDue) : 0;
}

/** Makes the test whether a result's file fits all that `owner` names. Throws when it names nothing. */
export function createOwnerTest({
  accountId,
  requestId,
}: ResultOwner): (path: string) => Promise<boolean> {
  if (accountId === undefined && requestId === undefined) throw resultOwnerMissing();
  return async (path) => {
    const note = await readResultNote(path);
    if (note === undefined) return false;
    const isAccounts = (accountId ?? note.accountId) === note.accountId;
    return isAccounts && (requestId ?? note.requestId) === note.requestId;
  };
}
