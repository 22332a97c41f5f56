import { useEffect, useRef } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import type { SearchEntry } from "./search-entry.ts";
import { SEARCH_TEXTS } from "./search-texts.ts";

interface SearchResultsProps {
  readonly found: readonly SearchEntry[];
  readonly chosen: number;
  readonly onChoose: (entry: SearchEntry) => void;
}

/** The list under the field. The field keeps the focus, so an option needs no key of its own. */
export function SearchResults({ found, chosen, onChoose }: SearchResultsProps) {
  const t = useTexts(SEARCH_TEXTS);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, found]);
  return (
    <div
      id="search-results"
      ref={list}
      class="search-results"
      role="listbox"
      aria-label={t.results}
    >
      {found.map((entry, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys of its listbox
        // biome-ignore lint/a11y/useFocusableInteractive: the field points at it by aria-activedescendant
        <div
          key={`${entry.kind} ${entry.context} ${entry.title} ${entry.query.at ?? ""}`}
          id={`search-${i}`}
          role="option"
          aria-selected={i === chosen}
          onClick={() => onChoose(entry)}
        >
          <span class="search-title">
            {entry.title}
            {entry.context === "" ? null : <small>{entry.context}</small>}
          </span>
          <span class="badge">{t[entry.kind]}</span>
          <span class="search-text help">{entry.text}</span>
        </div>
      ))}
    </div>
  );
}
