import { render } from "preact";
import { applyLanguage } from "../i18n/language.ts";
import { Shell, type ShellProps } from "./shell.tsx";
import { applyTheme } from "./theme.ts";

/** Shows the given pages within the shell, the console's or the administration's, with tools in its top bar. */
export function startShell(content: ShellProps): void {
  applyTheme();
  applyLanguage();
  render(<Shell {...content} />, document.getElementById("app")!);
}
