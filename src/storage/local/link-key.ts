import { randomBytes } from "node:crypto";
import { chmod, link, readFile, unlink, writeFile } from "node:fs/promises";
import { AppError } from "../../base/app-error.ts";
import { readIfThere } from "../../base/read-if-there.ts";

const KEY_BYTES = 32;

/**
 * Reads the key that signs result links, or makes it at the first start (file mode 0600).
 * Throws `configuration-invalid` when the file holds something else; it is never overwritten, since every link
 * already given out depends on it.
 */
export async function loadLinkKey(path: string): Promise<Buffer> {
  const text = (await readIfThere(path)) ?? (await create(path));
  if (!/^[0-9a-f]{64}\n?$/.test(text)) {
    throw new AppError(
      "configuration-invalid",
      `${path} must hold ${KEY_BYTES * 2} hexadecimal digits. Restore it, or delete it to make all result links void.`,
    );
  }
  // A restored backup may have come back readable for others.
  await chmod(path, 0o600);
  return Buffer.from(text.trim(), "hex");
}

/** Links a finished file into place: a crash leaves no half key, and of two first starts one wins for both. */
async function create(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(8).toString("hex")}.part`;
  const text = `${randomBytes(KEY_BYTES).toString("hex")}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, path);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return await readFile(path, "utf8");
    throw error;
  } finally {
    await unlink(draft);
  }
}
