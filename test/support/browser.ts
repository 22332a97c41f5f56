import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";

/** Debian's Chromium; .ci/run installs it. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Why tests with a browser cannot run here; false when they can. */
export const NO_BROWSER: string | false = existsSync(CHROMIUM)
  ? false
  : `there is no Chromium at ${CHROMIUM} (apt-get install chromium, or set CHROMIUM_PATH)`;

/** A browser window with a listener for everything that must not happen. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, policy reports, dialogs and requests to other addresses so far. */
  readonly troubles: readonly string[];
}

/** How the window looks. */
export interface VisitOptions {
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly locale?: string;
  readonly colorScheme?: "light" | "dark";
}

/** Starts Chromium; close it after the tests. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

/** Opens a page of the server in a fresh window. */
export async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const { widthPx = 1440, heightPx = 900, locale = "en-US", colorScheme = "light" } = options;
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    locale,
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin) {
      troubles.push(`request to ${request.url()}`);
    }
  });
  await page.goto(url);
  return { page, context, troubles, [Symbol.asyncDispose]: () => context.close() };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical on the page as it is shown: rule and place. */
export async function seriousBarriers(page: Page): Promise<string[]> {
  // By the debugger's own way, which the page's policy does not concern.
  await page.evaluate(AXE);
  const found = await page.evaluate<
    { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
  >("axe.run().then(({ violations }) => violations)");
  return found
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target} ${node.failureSummary.replaceAll("\n", " ")}`),
    );
}
