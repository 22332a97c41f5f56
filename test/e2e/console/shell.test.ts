import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import test from "node:test";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import { signIn } from "../../support/console-visit.ts";
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

  await t.test(
    "on plain HTTP at a network address, where browsers sign nothing, it signs",
    async (t) => {
      const address = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
      if (address === undefined) return t.skip("this machine has no address but its own");
      await using open = await startServer({ FACELOOM_HTTP_HOST: "0.0.0.0" });
      await using opened = await visit(browser, open.url.replace("0.0.0.0", address));
      assert.equal(await opened.page.evaluate("typeof crypto.subtle"), "undefined");
      await signIn(opened.page, open);
      assert.deepEqual(opened.troubles, []);
    },
  );

  for (const colorScheme of ["light", "dark"] as const) {
    await t.test(`axe finds nothing serious in ${colorScheme} colours`, async () => {
      await using opened = await visit(browser, server.url, { colorScheme });
      await opened.page.getByRole("heading", { level: 1 }).waitFor();
      assert.deepEqual(await seriousBarriers(opened.page), []);
    });
  }
});
