import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { AppError } from "../base/app-error.ts";

const KEY_BYTES = 32;

/**
 * Reads the key under which SecretKeys are sealed, or makes it on the first start, readable by its owner only.
 * Throws `configuration-invalid` for a file of another length.
 */
export async function loadMasterKey(file: string): Promise<Buffer> {
  try {
    // `wx` fails when the file is there: two processes that start at once end up with the same key.
    await writeFile(file, randomBytes(KEY_BYTES), { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const key = await readFile(file);
  if (key.length !== KEY_BYTES) {
    throw new AppError("configuration-invalid", `${file} is not a master key of 32 bytes.`);
  }
  return key;
}
