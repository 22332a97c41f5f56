import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { docsIn, loadDocs } from "../docs/documents.ts";
import { language } from "../i18n/language.ts";
import { fill, useTexts } from "../i18n/texts.ts";
import { PAGES } from "../pages/pages.ts";
import { Icon } from "../shell/icon.tsx";
import { goTo } from "../shell/router.ts";
import { useStore } from "../state/store.ts";
import { rankEntries } from "./rank-entries.ts";
import type { SearchEntry } from "./search-entry.ts";
import { entriesOf } from "./search-entry.ts";
import { SearchResults } from "./search-results.tsx";
import { SEARCH_TEXTS } from "./search-texts.ts";

/** The search: a field over its results. Focus stays in the field; the arrows choose. */
export function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(SEARCH_TEXTS);
  const { entries, hasFailed } = useEntries();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const found = useMemo(() => rankEntries(entries, query), [entries, query]);
  // Before the next key can come: what is typed at once must not be lost.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const open = (entry: SearchEntry | undefined): void => {
    if (entry === undefined) return;
    dialog.current?.close();
    goTo(entry.path, entry.query);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextChoice(event.key, chosen, found.length);
    if (next !== undefined) setChosen(next);
    else if (event.key === "Enter" && !event.isComposing) open(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} class="search" aria-label={t.open} onClose={onClose}>
      <div class="search-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={t.open}
          aria-expanded={found.length > 0}
          aria-controls="search-results"
          aria-activedescendant={found.length === 0 ? undefined : `search-${chosen}`}
          autocomplete="off"
          spellcheck={false}
          placeholder={t.hint}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="quiet square"
          aria-label={t.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <SearchResults found={found} chosen={chosen} onChoose={open} />
      <p class="search-foot help" role="status">
        {statusOf(query, found.length, hasFailed)}
      </p>
    </dialog>
  );

  function statusOf(text: string, count: number, isBroken: boolean): string {
    if (isBroken) return t.failed;
    if (text.trim() === "") return t.keys;
    return count === 0 ? fill(t.none, { query: text.trim() }) : fill(t.count, { n: count });
  }
}

/** Returns the choice after a key, or undefined for keys that choose nothing. */
function nextChoice(key: string, chosen: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return (chosen + 1) % count;
  return key === "ArrowUp" ? (chosen + count - 1) % count : undefined;
}

function useEntries(): { readonly entries: readonly SearchEntry[]; readonly hasFailed: boolean } {
  const shown = useStore(language);
  const pages = useMemo(() => {
    return PAGES.map(({ path, title }): SearchEntry => {
      const other = title[shown === "en" ? "zh" : "en"];
      return { kind: "page", title: title[shown], context: "", text: other, path, query: {} };
    });
  }, [shown]);
  const [ofDocs, setOfDocs] = useState<readonly SearchEntry[]>([]);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    loadDocs().then(
      (docs) => setOfDocs(docsIn(docs, shown).flatMap(entriesOf)),
      () => setFailed(true),
    );
  }, [shown]);
  const entries = useMemo(() => [...pages, ...ofDocs], [pages, ofDocs]);
  return { entries, hasFailed };
}
