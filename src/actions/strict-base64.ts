/**
 * Decodes standard base64 and nothing else, or returns undefined. `Buffer.from` alone would skip what it does not
 * know and take the URL-safe alphabet, so that damaged pictures decode to other bytes; encoding the bytes again
 * must give the text back. Both directions run at memory speed, a look at each character does not.
 *
 * Accepted: a data URL's prefix, as browsers put it in front of pictures, white space around, line breaks inside
 * (with indentation), missing padding. Refused: blanks inside a line (they are lost `+` signs), `-` and `_`, wrong
 * padding, a length that cannot be.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = withoutLineBreaks(text.slice(prefixLength(text)));
  const padding = compact.endsWith("=") ? "" : "=".repeat((4 - (compact.length % 4)) % 4);
  const bytes = Buffer.from(compact, "base64");
  return bytes.toString("base64") === compact + padding ? bytes : undefined;
}

/** Longest prefix that is looked for; a media type has at most 127 characters on each side of its slash. */
const MAX_PREFIX = 300;

function prefixLength(text: string): number {
  const start = text.slice(0, MAX_PREFIX);
  return /^\s*data:[\w.+/-]*(?:;[\w.+-]+=[\w.+-]+)*;base64,/i.exec(start)?.[0].length ?? 0;
}

function withoutLineBreaks(text: string): string {
  if (text.search(/[\t\n\r ]/) < 0) return text;
  // A run of white space without a line break becomes a character that is never base64.
  return text.trim().replace(/[\t\n\r ]+/g, (run) => (/[\n\r]/.test(run) ? "" : "?"));
}
