import { useEffect, useState } from "preact/hooks";
import type { Doc } from "../../docs/documents.ts";
import { docsIn, loadDocs } from "../../docs/documents.ts";
import { plainText, type Row } from "../../docs/markdown.ts";
import { language } from "../../i18n/language.ts";
import { useStore } from "../../state/store.ts";

/** What docs/api.md says of a parameter. */
export interface ParameterHelp {
  readonly defaultText: string;
  readonly meaning: string;
}

/** Help by the parameter's documented name. */
export type ActionHelp = ReadonlyMap<string, ParameterHelp>;

/** Returns what docs/api.md says of an action's parameters, in the language that is shown; empty until it is there. */
export function useActionHelp(action: string): ActionHelp {
  const shown = useStore(language);
  const [docs, setDocs] = useState<readonly Doc[]>([]);
  useEffect(() => {
    // Without the documents the form works, it only explains less.
    loadDocs().then(setDocs, () => setDocs([]));
  }, []);
  const api = docsIn(docs, shown).find(({ id }) => id === "api");
  return api === undefined ? new Map() : helpOf(api, action);
}

/** Reads the first table below the action's heading. */
export function helpOf({ blocks }: Pick<Doc, "blocks">, action: string): ActionHelp {
  const at = blocks.findIndex(
    (block) => block.kind === "heading" && plainText(block.line) === action,
  );
  const table = blocks.slice(at + 1).find((block) => block.kind === "table");
  if (at < 0 || table === undefined) return new Map();
  return new Map(table.rows.map((row) => [row.slug, helpIn(row)]));
}

/** Columns: name, type, needed, default, meaning. */
function helpIn({ cells }: Row): ParameterHelp {
  const [, , , defaultText = [], meaning = []] = cells;
  return { defaultText: plainText(defaultText), meaning: plainText(meaning) };
}
