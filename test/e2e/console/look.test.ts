import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import { NO_BROWSER, seriousBarriers, startBrowser } from "../../support/browser.ts";
import { openPage, visitSignedIn } from "../../support/console-visit.ts";
import { startServer } from "../../support/running-server.ts";

/** Pages by their names in the navigation, with what tells that they are there. */
const PAGES = {
  Playground: ["试玩", "Two people", "双人"],
  Explorer: ["接口调试", "Send", "发送"],
  Inspector: ["调用记录", "", ""],
  Signature: ["签名", "", ""],
} as const;

test("every page of the console", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();

  for (const colorScheme of ["light", "dark"] as const) {
    await t.test(`has nothing that axe calls serious, in ${colorScheme} colours`, async () => {
      await using opened = await visitSignedIn(browser, server, { colorScheme });
      const { page } = opened;
      assert.deepEqual(await seriousBarriers(page), []);
      for (const [name, [, button]] of Object.entries(PAGES)) {
        await openPage(page, name);
        if (button !== "") await page.getByRole("button", { name: button }).waitFor();
        assert.deepEqual(await seriousBarriers(page), [], name);
      }
      await withResult(page);
      assert.deepEqual(await seriousBarriers(page), [], "with a result");
      assert.deepEqual(opened.troubles, []);
    });
  }

  await t.test("fits a phone of 390 px without scrolling sideways", async () => {
    await using opened = await visitSignedIn(browser, server, { widthPx: 390, heightPx: 844 });
    const { page } = opened;
    const widthOf = (): Promise<number> => page.evaluate("document.documentElement.scrollWidth");
    assert.equal(await widthOf(), 390, "the start page");
    for (const [name, [, button]] of Object.entries(PAGES)) {
      await openPage(page, name);
      if (button !== "") await page.getByRole("button", { name: button }).waitFor();
      if (name === "Inspector") await page.getByRole("row").nth(1).waitFor();
      assert.equal(await widthOf(), 390, name);
    }
    await withResult(page);
    assert.equal(await widthOf(), 390, "with a result");
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("speaks Chinese", async () => {
    await using opened = await visitSignedIn(browser, server, { locale: "zh-CN" });
    const { page } = opened;
    for (const [chinese, , button] of Object.values(PAGES)) {
      await openPage(page, chinese);
      if (button !== "") await page.getByRole("button", { name: button }).waitFor();
      const text = await page.locator("main h1, main h2, main .lead, main label").allInnerTexts();
      const foreign = text.filter((line) => line !== "" && !/[\u4e00-\u9fff]/.test(line));
      // Names of the wire and of keys are the same in every language.
      assert.deepEqual(
        foreign.filter((line) => !/^(\w+(\.\w+)*)(\s(string|integer|number).*)?$/s.test(line)),
        [],
        chinese,
      );
    }
    assert.deepEqual(opened.troubles, []);
  });
});

/** Fuses two drawings in the playground. */
async function withResult(page: Page): Promise<void> {
  await openPage(page, "Playground");
  await page.getByRole("button", { name: "Woman with a bun" }).click();
  await page.getByRole("button", { name: "Woman with long hair" }).click();
  await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor({ timeout: 60_000 });
  assert.deepEqual(await seriousBarriers(page), [], "with faces");
  await page.getByRole("button", { name: "Fuse" }).click();
  await page.getByRole("region", { name: "Result" }).waitFor({ timeout: 60_000 });
}
