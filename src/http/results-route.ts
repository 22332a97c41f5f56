import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PictureFormat } from "../imaging/picture.ts";
import type { OpenedResult, Storage } from "../storage/storage.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { SlowReaders } from "./slow-readers.ts";

const TYPES: Readonly<Record<PictureFormat, string>> = { jpeg: "image/jpeg", png: "image/png" };

/** Serves stored results to whoever has their link; every other link gets one and the same answer. */
export function addResultsRoute(
  app: FastifyInstance,
  parts: {
    readonly storage: Storage;
    readonly logger: Logger;
    readonly nowMs: () => number;
    readonly readers: SlowReaders;
  },
): void {
  app.route({
    method: ["GET", "HEAD"],
    url: "/results/*",
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const result = await parts.storage.open(request.url);
      // The link itself is a key to the picture and stays out of the log.
      const fields = { requestId: request.id, resultBytes: result?.byteLength ?? 0 };
      parts.logger.info(fields, result === undefined ? "Result link refused" : "Result served");
      return result === undefined
        ? reply.code(403).headers(SAFE_HEADERS).type("text/plain").send("Forbidden\n")
        : sendResult(reply, result, parts);
    },
  });
}

/** A browser that opens a result may neither guess its type nor run, embed, index or report it. */
const SAFE_HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
} as const;

function sendResult(
  reply: FastifyReply,
  result: OpenedResult,
  { nowMs, readers }: { readonly nowMs: () => number; readonly readers: SlowReaders },
): FastifyReply {
  const restSeconds = Math.max(0, Math.floor((result.expiresAtMs - nowMs()) / 1000));
  const isHead = reply.request.method === "HEAD";
  return reply
    .code(200)
    .headers(SAFE_HEADERS)
    .header("content-type", TYPES[result.format])
    .header("cache-control", `private, max-age=${restSeconds}`)
    .header("content-length", result.byteLength)
    .send(isHead ? undefined : readers.watch(reply.raw, result.read()));
}
