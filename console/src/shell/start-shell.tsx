import type { ComponentType } from "preact";
import { render } from "preact";
import { applyLanguage } from "../i18n/language.ts";
import type { Page } from "./page.ts";
import { Shell } from "./shell.tsx";
import { applyTheme } from "./theme.ts";

/** Shows the given pages within the shell, the console's or the administration's, with tools in its top bar. */
export function startShell(pages: readonly Page[], tools: readonly ComponentType[] = []): void {
  applyTheme();
  applyLanguage();
  render(<Shell pages={pages} tools={tools} />, document.getElementById("app")!);
}
