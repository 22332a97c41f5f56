/** Indents all lines of a text but the first, and leaves empty ones empty. */
export function hang(text: string, indent: string): string {
  return text.replace(/\n(?!\n|$)/g, `\n${indent}`);
}

/** Returns `open`, the parts indented one step and each followed by `separator`, and `close`, a line each. */
export function block(
  edges: readonly [open: string, close: string],
  parts: readonly string[],
  options: { readonly indent: string; readonly separator?: string; readonly last?: string },
): string {
  const { indent, separator = ",", last = separator } = options;
  if (parts.length === 0) return edges.join("");
  const lines = parts.map((part, i) => {
    return `${indent}${hang(part, indent)}${i === parts.length - 1 ? last : separator}`;
  });
  return [edges[0], ...lines, edges[1]].join("\n");
}

/** Quotes a text with double quotes and the escapes that JSON, JavaScript, Python, Java, Go and C# share. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text);
}

/** Quotes a text with single quotes, as PHP and Ruby read them: nothing inside is replaced. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** Quotes a text for the shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Writes a float so that no language takes it for an integer. */
export function floatText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** Leaves out the empty parts of a program and joins the others with one empty line between them. */
export function program(...parts: readonly (string | false)[]): string {
  return `${parts.filter((part) => part !== false && part !== "").join("\n\n")}\n`;
}
