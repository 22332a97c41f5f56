import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PageFile, PageFiles } from "./page-files.ts";

/** Where the console lives. */
export const CONSOLE_PATH = "/console/";

/**
 * What a page of ours may do: load our own files, talk to this server, show pictures that it was given. Nothing
 * inline, nothing from elsewhere, no frames, no forms, no markup made from text.
 */
const PAGE_HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "x-robots-tag": "noindex",
} as const;

/** Serves the built pages below {@link CONSOLE_PATH} from memory. */
export function addPageRoutes(app: FastifyInstance, files: PageFiles): void {
  app.get("/console", (_, reply) => reply.redirect(CONSOLE_PATH));
  app.get(`${CONSOLE_PATH}*`, (request, reply) => {
    const name = (request.params as { readonly "*": string })["*"];
    const file = files.get(name === "" ? "index.html" : name);
    if (file !== undefined) return sendFile(request, reply, file);
    return reply.code(404).headers(PAGE_HEADERS).type("text/plain").send("Not found\n");
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  reply
    .headers(PAGE_HEADERS)
    .header("etag", file.etag)
    .header("vary", "accept-encoding")
    .header("cache-control", file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
  const takesBrotli = /\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""));
  reply.type(file.type);
  if (file.compressed === undefined || !takesBrotli) return reply.send(file.bytes);
  return reply.header("content-encoding", "br").send(file.compressed);
}
