import { AppError } from "../../base/app-error.ts";
import { readCredentials } from "./read-credentials.ts";
import { signPicture } from "./sign-picture.ts";
import type { SigningKey } from "./signing-key.ts";

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

const FACTS = {
  origin: { produceId: "check", creatorTool: "Faceloom check", createdAtMs: 0 },
  format: "png",
  users: 1,
} as const;

/** Who is trusted is the reader's affair; nothing else may be wrong with the certificate. */
const UNTRUSTED = "signingCredential.untrusted";

/**
 * Signs a pixel and reads it back. Throws `configuration-invalid` when readers of C2PA would not accept the
 * certificate: when it is out of date, or not made for signing.
 */
export async function checkSigningKey(key: SigningKey): Promise<void> {
  const found = await readCredentials(await signPicture(PIXEL, FACTS, key), "png");
  const problems = found?.problems.filter((problem) => problem !== UNTRUSTED) ?? ["no manifest"];
  if (problems.length === 0) return;
  throw new AppError(
    "configuration-invalid",
    `The certificate for Content Credentials is not accepted: ${problems.join(", ")}.`,
  );
}
