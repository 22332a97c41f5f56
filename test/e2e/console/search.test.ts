import assert from "node:assert/strict";
import test from "node:test";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import { startServer } from "../../support/running-server.ts";

test("the search and the documents", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const start = `${server.url}/console/`;

  await t.test(
    "Ctrl+K, a few letters and Enter lead to an error's row, without a mouse",
    async () => {
      await using opened = await visit(browser, start);
      const { page } = opened;
      await page.getByRole("heading", { level: 1 }).waitFor();
      // On a busy machine the page may be drawn a moment before it listens.
      for (let i = 0; i < 20 && (await page.getByRole("dialog").count()) === 0; i++) {
        await page.keyboard.press("Control+k");
        await page.waitForTimeout(250);
      }
      await page.locator("[role=combobox]:focus").waitFor();
      await page.keyboard.type("nofacedet");
      await page.getByRole("option").first().waitFor();
      const field = page.getByRole("combobox");
      assert.equal(await field.getAttribute("aria-activedescendant"), "search-0");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Errors" }).waitFor();
      await page.locator("tr:focus").waitFor();
      assert.match(await page.locator("tr:focus").innerText(), /^FailedOperation\.NoFaceDetected/);
      assert.equal(await page.getByRole("dialog").count(), 0);
      assert.deepEqual(opened.troubles, []);
    },
  );

  await t.test("the arrows choose, Escape closes, and the focus goes back", async () => {
    await using opened = await visit(browser, start);
    const { page } = opened;
    const button = page.getByRole("button", { name: "Search" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.locator("[role=combobox]:focus").waitFor();
    await page.keyboard.type("image");
    await page.locator("#search-3").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.locator("[aria-selected=true]").getAttribute("id"), "search-1");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    const last = (await page.getByRole("option").count()) - 1;
    assert.equal(await page.locator("[aria-selected=true]").getAttribute("id"), `search-${last}`);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.locator("button.search-open:focus").waitFor();
  });

  await t.test("pages, settings and parameters are found; nothing found is said", async () => {
    await using opened = await visit(browser, start);
    const { page } = opened;
    await page.getByRole("button", { name: "Search" }).click();
    for (const [query, kind, title] of [
      ["signature", "Page", "Signature"],
      ["FACELOOM_HTTP_PORT", "Setting", "FACELOOM_HTTP_PORT"],
      ["WarpRadio", "Parameter", "FusionUltraParam.WarpRadio"],
      ["fusefaceultra", "Action", "FuseFaceUltra"],
    ] as const) {
      await page.getByRole("combobox").fill(query);
      await page.locator("#search-0", { hasText: kind }).waitFor();
      assert.match(await page.locator("#search-0").innerText(), new RegExp(title));
    }
    await page.getByRole("combobox").fill("<img src=x onerror=alert(1)>");
    await page.getByText("Nothing found for").waitFor();
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("links between documents stay within the console", async () => {
    await using opened = await visit(browser, `${start}#/docs?page=errors`);
    const { page } = opened;
    await page.locator("article").getByRole("link", { name: "accounts.md" }).first().click();
    await page.locator("article h1", { hasText: "Accounts" }).waitFor();
    assert.match(page.url(), /#\/docs\?page=accounts$/);
  });

  await t.test("the API is read in the language of the page", async () => {
    await using opened = await visit(browser, `${start}#/docs`, { locale: "zh-CN" });
    await opened.page.locator("article[lang=zh-CN] h1").waitFor();
    await opened.page.getByRole("button", { name: "English" }).click();
    await opened.page.locator("article[lang=en] h1").waitFor();
  });

  for (const [locale, widthPx, colorScheme] of [
    ["en-US", 1440, "light"],
    ["zh-CN", 390, "dark"],
  ] as const) {
    await t.test(`axe finds nothing serious in ${locale} at ${widthPx} px`, async () => {
      const look = { locale, widthPx, colorScheme };
      await using opened = await visit(browser, `${start}#/docs?page=errors`, look);
      const { page } = opened;
      await page.locator("article h1").waitFor();
      assert.deepEqual(await seriousBarriers(page), []);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overflow, 0);
      await page.keyboard.press("Control+k");
      await page.locator("[role=combobox]:focus").waitFor();
      await page.keyboard.type("image");
      await page.getByRole("option").first().waitFor();
      assert.deepEqual(await seriousBarriers(page), []);
    });
  }
});
