import { authorizationMalformed, malformedRequest } from "./errors.ts";

/** A request as it came in, before anything in it is believed. */
export interface WireRequest {
  readonly method: string;
  /** The request target, undecoded; may be in absolute form. */
  readonly target: string;
  readonly headers: WireHeaders;
  readonly body: Uint8Array;
  /** Hex SHA-256 of the body. */
  readonly bodySha256: string;
}

/** Header values by lower-case name. */
export type WireHeaders = ReadonlyMap<string, string>;

/** Headers that decide about trust; a second one of these is refused instead of silently dropped. */
const ONCE_ONLY = /^(authorization|host|content-type|content-length|content-encoding|x-tc-.*)$/;

/**
 * Reads Node's flat list of names and values. Repeated harmless headers are joined with a comma.
 * Throws `authorization-malformed` for a repeated {@link ONCE_ONLY} header.
 */
export function readHeaders(rawHeaders: readonly string[]): WireHeaders {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const value = rawHeaders[i + 1]!;
    const earlier = headers.get(name);
    if (earlier !== undefined && ONCE_ONLY.test(name)) {
      throw authorizationMalformed(`the header \`${name}\` was sent more than once`);
    }
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
}

/** The parts of a request target, still percent-encoded. */
export interface Target {
  /** Host and port of an absolute-form target (sent through a proxy). */
  readonly authority?: string;
  readonly path: string;
  /** All after the first `?`, or empty. */
  readonly query: string;
}

/**
 * Splits a request target by hand: `new URL` would re-encode the query and fails on Host values that real
 * clients send. Throws `malformed-request` for other shapes than `/path?query` and `http://host/path?query`.
 */
export function parseTarget(target: string): Target {
  const parts = /^(?:https?:\/\/([^/?#]+))?(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(target);
  if (parts === null || (parts[1] === undefined && parts[2] === undefined)) {
    throw malformedRequest("The request target is not a path.");
  }
  return {
    ...(parts[1] === undefined ? {} : { authority: parts[1] }),
    path: parts[2] ?? "/",
    query: parts[3] ?? "",
  };
}
