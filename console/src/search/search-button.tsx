import { useLayoutEffect, useState } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import { Icon } from "../shell/icon.tsx";
import { SearchDialog } from "./search-dialog.tsx";
import { SEARCH_TEXTS } from "./search-texts.ts";
import "./search.css";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the search, by click, Ctrl+K (⌘K) or `/`. */
export function SearchButton() {
  const t = useTexts(SEARCH_TEXTS);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!opensSearch(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        class="search-open"
        aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" size={18} />
        <span>{t.open}</span>
        <span class="search-keys">{isMac ? "⌘K" : "Ctrl K"}</span>
      </button>
      {isOpen ? <SearchDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** A lone `/` counts only where nobody is writing. */
function opensSearch({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey) return true;
  const writes = target instanceof Element && target.closest("input, textarea, select, dialog");
  return key === "/" && !ctrlKey && !metaKey && !altKey && !writes;
}
