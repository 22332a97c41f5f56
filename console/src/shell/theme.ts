import { createKeptStore } from "../state/kept-store.ts";

/** `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

const isTheme = (text: string): text is Theme => ["system", "light", "dark"].includes(text);

/** The person's choice of colours. */
export const theme = createKeptStore<Theme>("faceloom.theme", "system", isTheme);

/** Puts the choice onto the document, where the tokens of design/tokens.css read it. */
export function applyTheme(): void {
  const apply = (): void => {
    document.documentElement.dataset.theme = theme.get();
  };
  apply();
  theme.subscribe(apply);
}
