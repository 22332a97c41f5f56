import type { FusionRequest } from "../fusion/fusion-request.ts";
import type { Credentials } from "../labels/credentials/credentials.ts";
import type { PoolAnswer } from "../workers/pool.ts";
import { encodeBase64 } from "./encode-base64.ts";
import type { FusionJob } from "./run-fusion.ts";

/** Who signs, and until when it is waited for. */
interface Finishing {
  readonly credentials: Pick<Credentials, "sign"> | undefined;
  readonly signal: AbortSignal;
}

/** Signs a result's picture, where there is somebody to sign, and encodes it as the caller wants it. */
export async function finishResult(
  { delivery }: Pick<FusionJob, "delivery">,
  { origin, merges }: Pick<FusionRequest, "origin" | "merges">,
  { image, format }: Pick<PoolAnswer, "image" | "format">,
  { credentials, signal }: Finishing,
): Promise<Uint8Array> {
  const facts = { origin, format, users: merges.length };
  const signed = await credentials?.sign(image, facts, signal);
  return delivery === "base64" ? await encodeBase64(signed ?? image) : (signed ?? image);
}
