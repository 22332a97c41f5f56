/**
 * Decodes standard base64 and nothing else, or returns undefined. `Buffer.from` alone would skip what it does not
 * know and take the URL-safe alphabet, so that damaged pictures decode to other bytes.
 *
 * Accepted: white space around, line breaks inside (with indentation), missing padding. Refused: blanks inside a
 * line (they are lost `+` signs), `data:` prefixes, `-` and `_`, wrong padding, a length that cannot be.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = withoutLineBreaks(text);
  const end = compact.search(/[^A-Za-z0-9+/]/);
  const digits = end < 0 ? compact.length : end;
  const padding = compact.length - digits;
  if (digits % 4 === 1) return undefined;
  if (padding > 0) {
    const isWhole = (digits + padding) % 4 === 0 && padding <= 2;
    if (!isWhole || !/^=+$/.test(compact.slice(digits))) return undefined;
  }
  return Buffer.from(compact, "base64");
}

function withoutLineBreaks(text: string): string {
  if (text.search(/[\t\n\r ]/) < 0) return text;
  // A run of white space without a line break becomes a character that is never base64.
  return text.trim().replace(/[\t\n\r ]+/g, (run) => (/[\n\r]/.test(run) ? "" : "?"));
}
