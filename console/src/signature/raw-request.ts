import { isCurlCommand, requestOfCurl } from "./curl-command.ts";

/** A pasted request, taken apart but not judged. */
export interface RawRequest {
  readonly method: string;
  /** As in the request line: `/`, `/?Action=…`, `http://host/`. */
  readonly target: string;
  /** Names as written, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  /** Set when the pasted body has another length than its `Content-Length` says, whatever the line breaks. */
  readonly lengthFault?: { readonly said: number; readonly found: number };
}

/** Why a pasted text is no request. */
export type RawRequestFault = "empty" | "no-headers" | "bad-header";

const REQUEST_LINE = /^([A-Za-z]+) +(\S+)(?: +HTTP\/[\d.]+)? *$/;
const HEADER_LINE = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/;

/**
 * Takes a pasted HTTP request apart: request line (a POST to `/` without one), headers, an empty line, the body. A lone
 * `TC3-HMAC-SHA256 …` line counts as the `Authorization` header. Lines of `curl -v` with `> ` before them are
 * understood, and so is a curl command. Returns the fault when there is nothing to work with.
 */
export function parseRawRequest(text: string): RawRequest | RawRequestFault {
  const written = isCurlCommand(text) ? requestOfCurl(text) : text;
  const lines = written.replace(/\r\n?/g, "\n").replace(/^\n+/, "").split("\n").map(withoutMark);
  if (lines.every((line) => line.trim() === "")) return "empty";
  const [, method = "POST", target = "/"] = REQUEST_LINE.exec(lines[0]!) ?? [];
  const from = REQUEST_LINE.test(lines[0]!) ? 1 : 0;
  const end = lines.findIndex((line, i) => i >= from && line.trim() === "");
  const head = lines.slice(from, end < 0 ? lines.length : end);
  const headers = head.map(headerOf);
  if (headers.includes(undefined)) return "bad-header";
  const isGet = method.toUpperCase() === "GET";
  if (headers.length === 0 && !(isGet && target.includes("?"))) return "no-headers";
  const known = headers as (readonly [string, string])[];
  const bodyText = end < 0 ? "" : lines.slice(end + 1).join("\n");
  return { method, target, headers: known, ...bodyOf(bodyText, known) };
}

function withoutMark(line: string): string {
  return line.replace(/^> ?(?=\S|$)/, "");
}

function headerOf(line: string): readonly [string, string] | undefined {
  if (/^TC3-HMAC-SHA256\s/.test(line)) return ["Authorization", line.trim()];
  const [, name, value] = HEADER_LINE.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

/**
 * A text field changes line breaks and people paste one too many. `Content-Length` tells which body was sent; without
 * it line breaks at the end are dropped, for JSON has none there.
 */
function bodyOf(
  text: string,
  headers: readonly (readonly [string, string])[],
): Pick<RawRequest, "body" | "lengthFault"> {
  const encode = (candidate: string): Uint8Array<ArrayBuffer> =>
    new TextEncoder().encode(candidate);
  const usual = encode(text.replace(/\n+$/, ""));
  const said = headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  if (said === undefined || !/^\d+$/.test(said)) return { body: usual };
  const candidates = [text, text.replace(/\n$/, ""), text.replace(/\n+$/, "")];
  const body = [...candidates, ...candidates.map((candidate) => candidate.replace(/\n/g, "\r\n"))]
    .map(encode)
    .find((bytes) => bytes.length === Number(said));
  if (body !== undefined) return { body };
  return { body: usual, lengthFault: { said: Number(said), found: usual.length } };
}
