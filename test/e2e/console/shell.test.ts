import assert from "node:assert/strict";
import test from "node:test";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import { startServer } from "../../support/running-server.ts";

test("the console's frame", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();

  await t.test("a browser that opens the server's address gets the start page", async () => {
    await using opened = await visit(browser, server.url);
    await opened.page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(new URL(opened.page.url()).pathname, "/console/");
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("it speaks the browser's language and switches to the other", async () => {
    await using opened = await visit(browser, server.url, { locale: "zh-CN" });
    const { page } = opened;
    await page.getByRole("heading", { name: "五分钟" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "five minutes" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "five minutes" }).waitFor();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    await t.test(`axe finds nothing serious in ${colorScheme} colours`, async () => {
      await using opened = await visit(browser, server.url, { colorScheme });
      await opened.page.getByRole("heading", { level: 1 }).waitFor();
      assert.deepEqual(await seriousBarriers(opened.page), []);
    });
  }
});
