import type { Language } from "../i18n/language.ts";
import type { Block } from "./markdown.ts";
import { parseMarkdown, plainText } from "./markdown.ts";

/** A page of the documents. */
export interface Doc {
  /** Its file without ending: `api`. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** One file, as `scripts/build-console.ts` writes them into documents.json. */
export interface DocFile {
  readonly id: string;
  readonly language: Language;
  readonly text: string;
}

/** Reads a file. */
export function docFrom({ id, language, text }: DocFile): Doc {
  const blocks = parseMarkdown(text);
  const heading = blocks.find((block) => block.kind === "heading");
  return { id, language, title: heading === undefined ? id : plainText(heading.line), blocks };
}

let loading: Promise<readonly Doc[]> | undefined;

/** Loads the documents that came with the server, once. Throws when they cannot be had; the next call tries again. */
export function loadDocs(): Promise<readonly Doc[]> {
  loading ??= fetchDocs().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchDocs(): Promise<readonly Doc[]> {
  const response = await fetch("documents.json");
  if (!response.ok) throw new Error(`documents.json: ${response.status}`);
  const files: readonly DocFile[] = await response.json();
  return files.map(docFrom);
}

/** Returns each document once, in the language where there is a choice. */
export function docsIn(docs: readonly Doc[], language: Language): readonly Doc[] {
  const translated = docs.filter((doc) => doc.language === language).map(({ id }) => id);
  return docs.filter((doc) => doc.language === language || !translated.includes(doc.id));
}
