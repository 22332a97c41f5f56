import type { Doc } from "../docs/documents.ts";
import type { Block, Line } from "../docs/markdown.ts";
import { plainText } from "../docs/markdown.ts";

/** What a result is, for its badge and its weight. */
export type EntryKind =
  | "page"
  | "action"
  | "parameter"
  | "error"
  | "setting"
  | "reference"
  | "section";

/** Something that can be found. */
export interface SearchEntry {
  readonly kind: EntryKind;
  readonly title: string;
  /** Where it belongs: the action of a parameter, the document of a section. */
  readonly context: string;
  /** More words to search in; the beginning is shown. */
  readonly text: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What the rows of a document's tables are, where it is not just any reference. */
const ROW_KINDS: Readonly<Record<string, EntryKind>> = {
  api: "parameter",
  errors: "error",
  configuration: "setting",
};

/** Makes an entry of every section and of every row that begins with a name in code. */
export function entriesOf(doc: Doc): SearchEntry[] {
  let section = doc.title;
  return doc.blocks.flatMap((block, i) => {
    if (block.kind === "heading") {
      section = plainText(block.line);
      const entry = sectionEntry(doc, block, doc.blocks[i + 1]);
      return isAction(doc, section) ? [actionEntry(entry), entry] : [entry];
    }
    return block.kind === "table" ? rowEntries(doc, block, section) : [];
  });
}

function sectionEntry(
  doc: Doc,
  { line, level, slug }: Extract<Block, { kind: "heading" }>,
  next: Block | undefined,
): SearchEntry {
  return {
    kind: "section",
    title: plainText(line),
    context: level === 1 ? "" : doc.title,
    text: next?.kind === "paragraph" ? plainText(next.line) : "",
    path: "/docs",
    query: { page: doc.id, ...(level === 1 ? {} : { at: slug }) },
  };
}

/** Sections of the API's reference that are called like an action are about it. */
function isAction(doc: Doc, title: string): boolean {
  return doc.id === "api" && /^(?:[A-Z][a-z]+){2,}$/.test(title);
}

/** An action opens in the Explorer. */
function actionEntry(section: SearchEntry): SearchEntry {
  const query = { action: section.title };
  return { ...section, kind: "action", context: "", path: "/explorer", query };
}

function rowEntries(
  doc: Doc,
  { head, rows }: Extract<Block, { kind: "table" }>,
  section: string,
): SearchEntry[] {
  return rows
    .filter(({ slug }) => slug !== "")
    .map(({ cells, slug }) => ({
      kind: ROW_KINDS[doc.id] ?? "reference",
      title: slug,
      context: doc.id === "errors" ? doc.title : section,
      text: textOf(cells.slice(1), head.slice(1)),
      path: "/docs",
      query: { page: doc.id, at: slug },
    }));
}

/** Short cells say little without the head of their column; the longest is what the row is about. */
function textOf(cells: readonly Line[], head: readonly Line[]): string {
  const texts = cells.map(plainText);
  const main = texts.indexOf(texts.reduce((a, b) => (b.length > a.length ? b : a), ""));
  const rest = texts.flatMap((text, i) => {
    return i === main || text === "–" ? [] : [`${plainText(head[i] ?? [])}: ${text}`];
  });
  return [texts[main] ?? "", ...rest].join(" · ");
}
