import { sha256Hex } from "../../../src/protocol/digests.ts";
import type { Guess } from "../../../src/protocol/tc3/find-difference.ts";

/** Larger bodies are not written anew for a guess. */
const MAX_BODY_BYTES = 1_000_000;

/**
 * Returns the bodies that a client may have signed when something between changed how the JSON is written: compact, as
 * Python or PHP write it, indented, with other line breaks.
 */
export function bodyGuesses(body: Uint8Array): Guess[] {
  if (body.length === 0 || body.length > MAX_BODY_BYTES) return [];
  const text = new TextDecoder().decode(body);
  return [
    ...guessesOf("body-rewritten", jsonSpellings(text)),
    ...guessesOf("body-crlf", [text.replaceAll("\n", "\r\n"), text.replaceAll("\r\n", "\n")]),
  ];
}

function guessesOf(kind: Guess["kind"], texts: readonly string[]): Guess[] {
  return texts.map((text) => ({ kind, parts: { payloadSha256: sha256Hex(text) } }));
}

function jsonSpellings(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return []; // Not JSON: there are no other spellings of it.
  }
  const compact = JSON.stringify(value);
  const python = spaced(value);
  const spellings = [
    compact,
    python,
    JSON.stringify(value, null, 2),
    JSON.stringify(value, null, 4),
  ];
  const asAscii = spellings.map(escapedToAscii);
  const asPhp = [compact, escapedToAscii(compact)].map((json) => json.replaceAll("/", "\\/"));
  return [...new Set([...spellings, ...asAscii, ...asPhp])].filter((json) => json !== text);
}

/** JSON with a blank after each colon and comma, as Python's `json.dumps` writes it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => {
    return `${JSON.stringify(name)}: ${spaced(member)}`;
  });
  return `{${members.join(", ")}}`;
}

function escapedToAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
