import { language } from "../i18n/language.ts";
import { useTexts } from "../i18n/texts.ts";
import { useStore } from "../state/store.ts";
import { Icon } from "./icon.tsx";
import { SHELL_TEXTS } from "./shell-texts.ts";
import { type Theme, theme } from "./theme.ts";

/** Switches between English and Chinese; it is written in the other language. */
export function LanguageButton() {
  const t = useTexts(SHELL_TEXTS);
  return (
    <button
      type="button"
      class="quiet"
      lang={language.get() === "en" ? "zh-CN" : "en"}
      onClick={() => language.set((now) => (now === "en" ? "zh" : "en"))}
    >
      {t.language}
    </button>
  );
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: "system", light: "sun", dark: "moon" } as const;

/** Goes through the three choices of colours. */
export function ThemeButton() {
  const t = useTexts(SHELL_TEXTS);
  const chosen = useStore(theme);
  const names = { system: t.themeSystem, light: t.themeLight, dark: t.themeDark };
  return (
    <button
      type="button"
      class="quiet square"
      aria-label={names[chosen]}
      title={names[chosen]}
      onClick={() => theme.set(NEXT[chosen])}
    >
      <Icon name={ICONS[chosen]} />
    </button>
  );
}
