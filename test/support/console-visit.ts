import type { Browser, Page } from "playwright-core";
import type { Visit, VisitOptions } from "./browser.ts";
import { visit } from "./browser.ts";
import type { RunningServer } from "./running-server.ts";

/** Opens the console and signs in as a person would: with the two lines that the server printed. */
export async function visitSignedIn(
  browser: Browser,
  server: RunningServer,
  options: VisitOptions = {},
): Promise<Visit> {
  const opened = await visit(browser, server.url, options);
  await signIn(opened.page, server);
  return opened;
}

/** Signs in on the page that is shown, in either language. */
export async function signIn(page: Page, server: RunningServer): Promise<void> {
  const printed = `  SecretId:  ${server.secretId}\n  SecretKey: ${server.secretKey}\n`;
  await page.getByLabel("SecretId").fill(printed);
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole("button", { name: /Sign out|退出登录/ }).waitFor();
}

/** Opens another page of the console by its navigation. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: /Pages|页面/ })
    .getByRole("link", { name })
    .click();
  await page.getByRole("heading", { level: 1 }).waitFor();
}
