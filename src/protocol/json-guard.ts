import { isAscii, isUtf8 } from "node:buffer";
import { malformedRequest } from "./errors.ts";

/**
 * What a body may hold; a FuseFaceUltra call needs 4 levels, about 80 parts and 2 KB outside of its strings. The last
 * limit keeps the scan short: strings are skipped at memory speed, all else is looked at byte by byte.
 */
export const JSON_LIMITS = {
  maxDepth: 8,
  maxParts: 2000,
  maxBytesOutsideStrings: 256 * 1024,
  /** PHP escapes each `/` of a base64 text: one in 64 characters. `JSON.parse` takes 100 ms for millions. */
  maxEscapes: 500_000,
  /** Names are parsed twice and compared. */
  maxNameBytes: 128 * 1024,
  /** Pictures are ASCII; what is not is decoded and parsed at a quarter of the speed. */
  maxBytesBeyondAscii: 64 * 1024,
} as const;

const ASCII_BLOCK = 16 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

type Part = "string" | "object" | "array" | "close" | "comma";

/** The bytes that begin or end a part of a JSON text, by their number. */
const PART_OF_BYTE: readonly (Part | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  switch (String.fromCharCode(byte)) {
    case '"':
      return "string";
    case "{":
      return "object";
    case "[":
      return "array";
    case "}":
    case "]":
      return "close";
    case ",":
      return "comma";
    default:
      return undefined;
  }
});

/**
 * Parses a body that may be hostile. The bytes are scanned first for depth, number of parts and repeated keys,
 * because `JSON.parse` takes seconds for ten megabytes of brackets. Throws `malformed-request`.
 */
export function parseGuardedJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw malformedRequest("The body is not UTF-8.");
  const isPlain = isAscii(body);
  if (!isPlain) checkBeyondAscii(body);
  scanJson(body);
  try {
    return JSON.parse(body.toString(isPlain ? "latin1" : "utf8"));
  } catch (cause) {
    throw malformedRequest("The body is not valid JSON.", cause);
  }
}

/** Only blocks that are not ASCII throughout are looked at byte by byte. */
function checkBeyondAscii(body: Buffer): void {
  let count = 0;
  for (let start = 0; start < body.length; start += ASCII_BLOCK) {
    const block = body.subarray(start, start + ASCII_BLOCK);
    if (!isAscii(block)) for (const byte of block) count += byte >> 7;
    if (count > JSON_LIMITS.maxBytesBeyondAscii) {
      throw malformedRequest(
        `The body has more than ${JSON_LIMITS.maxBytesBeyondAscii} bytes beyond ASCII.`,
      );
    }
  }
}

/**
 * Checks depth, number of parts and repeated keys in one pass over the bytes. Syntax is left to `JSON.parse`.
 * Throws `malformed-request`.
 */
function scanJson(body: Buffer): void {
  // Keys of each open object; undefined for an open array.
  const open: (Set<string> | undefined)[] = [];
  let parts = 0;
  let inStrings = 0;
  const escapes = { count: 0 };
  for (let i = 0; i < body.length; i++) {
    const kind = PART_OF_BYTE[body[i]!];
    if (i - inStrings > JSON_LIMITS.maxBytesOutsideStrings || parts > JSON_LIMITS.maxParts) {
      throw malformedRequest(
        `The body has more than ${JSON_LIMITS.maxParts} parts or much padding.`,
      );
    }
    if (kind === undefined) continue;
    parts++;
    if (kind === "string") {
      const end = endOfString(body, i, escapes);
      noteKey(body, { start: i, end }, open.at(-1));
      inStrings += end - i;
      i = end;
    } else {
      followNesting(kind, open);
    }
  }
}

function followNesting(kind: Part, open: (Set<string> | undefined)[]): void {
  if (kind === "close") open.pop();
  if (kind === "object") open.push(new Set());
  if (kind === "array") open.push(undefined);
  if (open.length > JSON_LIMITS.maxDepth) {
    throw malformedRequest(`The body is nested deeper than ${JSON_LIMITS.maxDepth} levels.`);
  }
}

/** Escapes of a body, over all its strings. */
interface Escapes {
  count: number;
}

/** Returns the place of the closing quote. Pictures have few escapes or none: `indexOf` finds it at once. */
function endOfString(body: Buffer, start: number, escapes: Escapes): number {
  const quote = body.indexOf(QUOTE, start + 1);
  if (quote < 0) throw malformedRequest("The body ends inside a string.");
  const first = body.subarray(start + 1, quote).indexOf(BACKSLASH);
  return first < 0 ? quote : endOfEscaped(body, start + 1 + first, escapes);
}

function endOfEscaped(body: Buffer, from: number, escapes: Escapes): number {
  for (let i = from; i < body.length; i++) {
    if (body[i] === QUOTE) return i;
    if (body[i] !== BACKSLASH) continue;
    i++;
    escapes.count++;
    if (escapes.count > JSON_LIMITS.maxEscapes) {
      throw malformedRequest(`The body has more than ${JSON_LIMITS.maxEscapes} escapes.`);
    }
  }
  throw malformedRequest("The body ends inside a string.");
}

/** A repeated key would let two readers of the same body see different calls, so it is refused, escaped or not. */
function noteKey(
  body: Buffer,
  text: { readonly start: number; readonly end: number },
  keys: Set<string> | undefined,
): void {
  if (keys === undefined || !isFollowedByColon(body, text.end + 1)) return;
  if (text.end - text.start > JSON_LIMITS.maxNameBytes) {
    throw malformedRequest(`The body has a name of over ${JSON_LIMITS.maxNameBytes} bytes.`);
  }
  let key: unknown;
  try {
    key = JSON.parse(body.toString("utf8", text.start, text.end + 1));
  } catch (cause) {
    throw malformedRequest("The body is not valid JSON.", cause);
  }
  if (keys.has(String(key))) throw malformedRequest("The body repeats a key.");
  keys.add(String(key));
}

function isFollowedByColon(body: Buffer, from: number): boolean {
  let i = from;
  while (i - from < JSON_LIMITS.maxBytesOutsideStrings && isBlank(body[i])) i++;
  return body[i] === COLON;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
