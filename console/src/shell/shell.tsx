import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language } from "../i18n/language.ts";
import { useTexts } from "../i18n/texts.ts";
import { useStore } from "../state/store.ts";
import { Icon } from "./icon.tsx";
import type { Page } from "./page.ts";
import { PageSlot } from "./page-slot.tsx";
import { hrefOf, place } from "./router.ts";
import { LanguageButton, ThemeButton } from "./shell-buttons.tsx";
import { SHELL_TEXTS } from "./shell-texts.ts";

/** What an entry of the build puts into the frame. */
export interface ShellProps {
  readonly pages: readonly Page[];
  /** Small parts for the right end of the top bar, such as the account or the search. */
  readonly tools?: readonly ComponentType[];
  /** A word after the name, for instance of the administration. */
  readonly badge?: string;
}

/** The frame around every page: name, navigation, tools, content. */
export function Shell({ pages, tools = [], badge }: ShellProps) {
  const t = useTexts(SHELL_TEXTS);
  const { path } = useStore(place);
  const shown = pages.find((page) => page.path === path);
  const main = useRef<HTMLElement>(null);
  useTitle(shown);
  useFocusOnChange(path, main);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t.skip}
      </button>
      <header class="top">
        <a class="brand" href={hrefOf("/")}>
          <img src="icon.svg" alt="" width="28" height="28" />
          Faceloom
          {badge === undefined ? null : <span class="badge">{badge}</span>}
        </a>
        <div class="top-tools">
          {tools.map((Tool) => (
            <Tool key={Tool.name} />
          ))}
          <LanguageButton />
          <ThemeButton />
        </div>
      </header>
      <Navigation pages={pages} path={path} label={t.navigation} />
      <main id="content" ref={main} tabIndex={-1}>
        {shown === undefined ? <p class="notice">{t.notFound}</p> : <PageSlot page={shown} />}
      </main>
    </div>
  );
}

interface NavigationProps {
  readonly pages: readonly Page[];
  readonly path: string;
  readonly label: string;
}

function Navigation({ pages, path, label }: NavigationProps) {
  const shown = useStore(language);
  return (
    <nav class="pages" aria-label={label}>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={hrefOf(page.path)} aria-current={page.path === path ? "page" : undefined}>
              <Icon name={page.icon} />
              <span>{page.title[shown]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useTitle(page: Page | undefined): void {
  const shown = useStore(language);
  useEffect(() => {
    document.title = page === undefined ? "Faceloom" : `${page.title[shown]} · Faceloom`;
  }, [page, shown]);
}

/** A reader of the screen should hear of a new page, as after a full load; the first page is not announced twice. */
function useFocusOnChange(path: string, main: { readonly current: HTMLElement | null }): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}
