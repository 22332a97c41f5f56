import type { DownloadConfig } from "./config.ts";
import { bodyEmpty, bodyTooLarge } from "./errors.ts";

/** The origin sends slower than the configured floor. */
export class TooSlow extends Error {}

/**
 * Collects a body, counting while it streams. Throws `picture-bytes-exceeded` as soon as the announced or counted
 * length passes the limit, `picture-missing` for an empty one, and {@link TooSlow} below the minimum rate.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  announcedLength: string | undefined,
  limits: Pick<DownloadConfig, "maxBytes" | "minBytesPerSecond" | "slowStartMs">,
): Promise<Buffer> {
  if (Number(announcedLength ?? 0) > limits.maxBytes) throw bodyTooLarge(limits.maxBytes);
  const startedMs = performance.now();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limits.maxBytes) throw bodyTooLarge(limits.maxBytes);
    const tookMs = performance.now() - startedMs;
    const floorBytes = (tookMs / 1000) * limits.minBytesPerSecond;
    if (tookMs > limits.slowStartMs && length < floorBytes) throw new TooSlow();
    chunks.push(chunk);
  }
  if (length === 0) throw bodyEmpty();
  return Buffer.concat(chunks, length);
}
