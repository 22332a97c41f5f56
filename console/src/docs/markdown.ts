/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code" | "strong" | "em"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly target: string };

/** One cell or one item. */
export type Line = readonly Inline[];

/** A part of a document. `slug` is what addresses name: a heading's words, a row's first code. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly line: Line; readonly slug: string }
  | { readonly kind: "paragraph"; readonly line: Line }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly Line[] }
  | { readonly kind: "table"; readonly head: readonly Line[]; readonly rows: readonly Row[] };

/** A row of a table. */
export interface Row {
  readonly cells: readonly Line[];
  /** The first cell's text when it is code and nothing else; empty otherwise. */
  readonly slug: string;
}

/** Reads the Markdown that our documents use: headings, paragraphs, fences, flat lists, tables. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const blocks: Block[] = [];
  const slugs = new Map<string, number>();
  for (let at = 0; at < lines.length; ) {
    const read = READERS.map((reader) => reader(lines, at, slugs)).find(Boolean);
    if (read === undefined) at++;
    else {
      blocks.push(read.block);
      at = read.next;
    }
  }
  return blocks;
}

type Reader = (
  lines: readonly string[],
  at: number,
  slugs: Map<string, number>,
) => { readonly block: Block; readonly next: number } | undefined;

const FENCE = /^```(.*)$/;
const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^(?:[-*]|(\d+)\.) +(.*)$/;
const TABLE_RULE = /^\|[\s:|-]+\|\s*$/;

const READERS: readonly Reader[] = [readFence, readHeading, readTable, readList, readParagraph];

function readFence(lines: readonly string[], at: number): ReturnType<Reader> {
  const open = FENCE.exec(lines[at]!);
  if (open === null) return undefined;
  const end = lines.findIndex((line, i) => i > at && line.startsWith("```"));
  const next = end < 0 ? lines.length : end;
  const text = lines.slice(at + 1, next).join("\n");
  return { block: { kind: "code", language: open[1]!.split(" ")[0]!, text }, next: next + 1 };
}

function readHeading(
  lines: readonly string[],
  at: number,
  slugs: Map<string, number>,
): ReturnType<Reader> {
  const [, marks, text] = HEADING.exec(lines[at]!) ?? [];
  if (marks === undefined || text === undefined) return undefined;
  const line = parseInline(text);
  const slug = slugOf(plainText(line));
  const count = slugs.get(slug) ?? 0;
  slugs.set(slug, count + 1);
  const unique = count === 0 ? slug : `${slug}-${count}`;
  return {
    block: { kind: "heading", level: marks.length, line, slug: unique },
    next: at + 1,
  };
}

function readTable(lines: readonly string[], at: number): ReturnType<Reader> {
  if (!lines[at]!.startsWith("|") || !TABLE_RULE.test(lines[at + 1] ?? "")) return undefined;
  let next = at + 2;
  while (lines[next]?.startsWith("|")) next++;
  const rows = lines.slice(at + 2, next).map((line) => {
    const cells = cellsOf(line);
    const [first, ...rest] = cells[0] ?? [];
    const slug = first?.kind === "code" && rest.length === 0 ? first.text : "";
    return { cells, slug };
  });
  return { block: { kind: "table", head: cellsOf(lines[at]!), rows }, next };
}

function cellsOf(line: string): Line[] {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => parseInline(cell.replaceAll("\\|", "|").trim()));
}

function readList(lines: readonly string[], at: number): ReturnType<Reader> {
  const first = ITEM.exec(lines[at]!);
  if (first === null) return undefined;
  const items: string[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const item = ITEM.exec(lines[next]!);
    if (item !== null) items.push(item[2]!);
    else if (/^\s+\S/.test(lines[next]!)) items.push(`${items.pop()} ${lines[next]!.trim()}`);
    else break;
  }
  const isOrdered = first[1] !== undefined;
  return { block: { kind: "list", isOrdered, items: items.map(parseInline) }, next };
}

function readParagraph(lines: readonly string[], at: number): ReturnType<Reader> {
  if (lines[at]!.trim() === "") return undefined;
  let next = at + 1;
  while (next < lines.length && !startsBlock(lines, next)) next++;
  const text = lines
    .slice(at, next)
    .map((line) => line.trim())
    .join(" ");
  return { block: { kind: "paragraph", line: parseInline(text) }, next };
}

function startsBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at]!;
  return line.trim() === "" || [FENCE, HEADING, ITEM].some((form) => form.test(line));
}

const INLINE =
  /(`+)(.+?)\1|\[((?:`[^`]*`|[^\]])+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|(?<!\w)[*_](\S.*?)[*_](?!\w)/g;

/** The pictures of the documents do not come with the console. */
const IMAGE = /!\[[^\]]*\]\([^)]*\)/g;

/** Reads code, links and emphasis within a line; pictures are left out. */
export function parseInline(written: string): Inline[] {
  const text = written.replaceAll(IMAGE, "");
  const parts: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, , code, label, target, strong, em] = found;
    if (found.index > from) parts.push({ kind: "text", text: text.slice(from, found.index) });
    if (code !== undefined) parts.push({ kind: "code", text: code.trim() });
    else if (target !== undefined) {
      parts.push({ kind: "link", text: label!.replaceAll("`", ""), target });
    } else if (strong !== undefined) parts.push({ kind: "strong", text: strong });
    else parts.push({ kind: "em", text: em! });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

/** Returns a line without its marks. */
export function plainText(line: Line): string {
  return line.map(({ text }) => text).join("");
}

/** Returns a heading's anchor, as the usual hosts of repositories make it. */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
