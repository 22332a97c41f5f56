import { createKeptStore } from "../state/kept-store.ts";

/** Languages of the page. */
export type Language = "en" | "zh";

const isLanguage = (text: string): text is Language => text === "en" || text === "zh";

/** The language that is shown: the person's choice, else the browser's. */
export const language = createKeptStore<Language>(
  "faceloom.language",
  navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
  isLanguage,
);

/** Keeps the document's own language in step, for screen readers and fonts. */
export function applyLanguage(): void {
  const apply = (): void => {
    document.documentElement.lang = language.get() === "zh" ? "zh-CN" : "en";
  };
  apply();
  language.subscribe(apply);
}
