import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../base/app-error.ts";
import { readIfThere } from "../base/read-if-there.ts";

/** The operator's token as far as a server needs it. */
export interface AdminToken {
  /** Tells in constant time whether a text is the token. */
  isToken(text: string): boolean;
  /** The token itself, when it was made now, to be shown once. */
  readonly generated: string | undefined;
  /** Writes the hash of a token that was made now: a start that fails before has shown it to nobody. */
  keep(): Promise<void>;
}

const FILE = "admin-token.sha256";

/**
 * Takes the configured token, else the one whose hash is kept in `dataDir`, else makes one of 256 random bits. Only the
 * hash is kept (file mode 0600): a backup of the folder lets nobody in. Delete the file to have a new one made.
 * Throws `configuration-invalid` for a file that holds something else.
 */
export async function loadAdminToken(
  dataDir: string,
  configured: string | undefined,
): Promise<AdminToken> {
  if (configured !== undefined) return tokenOf(sha256(configured));
  const file = path.join(dataDir, FILE);
  const kept = await readIfThere(file);
  if (kept !== undefined) {
    if (!/^[0-9a-f]{64}\n?$/.test(kept)) {
      throw new AppError(
        "configuration-invalid",
        `${file} must hold 64 hexadecimal digits. Delete it to have a new token made.`,
      );
    }
    // A restored backup may have come back readable for others.
    await chmod(file, 0o600);
    return tokenOf(Buffer.from(kept.trim(), "hex"));
  }
  const generated = randomBytes(32).toString("base64url");
  const hash = sha256(generated);
  return {
    ...tokenOf(hash),
    generated,
    keep: () => writeFile(file, `${hash.toString("hex")}\n`, { mode: 0o600, flag: "wx" }),
  };
}

function tokenOf(hash: Buffer): AdminToken {
  return {
    generated: undefined,
    isToken: (text) => timingSafeEqual(sha256(text), hash),
    keep: async () => undefined,
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
