import assert from "node:assert/strict";
import test from "node:test";
import { NO_BROWSER, startBrowser } from "../../support/browser.ts";
import { openPage, visitSignedIn } from "../../support/console-visit.ts";
import { startServer } from "../../support/running-server.ts";
import { sendTc3 } from "../../support/tc3-client.ts";

/** Texts that do harm where a page makes markup of them. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "{{constructor.constructor('alert(1)')()}}",
  "<iframe srcdoc='<script>parent.alert(1)</script>'>",
  "<style>*{background:url(//evil.example)}</style>",
];

test("the Inspector", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer({ FACELOOM_CONSOLE_KEEP_PARAMETERS: "true" });
  await using browser = await startBrowser();

  const send = (body: object, client: string, action = "FuseFaceUltra") =>
    sendTc3(server.url, server, {
      body: JSON.stringify(body),
      headers: { "X-TC-Action": action, "X-TC-RequestClient": client },
    });

  await t.test(
    "calls of any client appear as they happen, and are found by the filter",
    async () => {
      await using opened = await visitSignedIn(browser, server);
      const { page } = opened;
      await openPage(page, "Inspector");
      await page.getByText("No call yet.").waitFor();
      await send({ RspImgType: "x", MergeInfos: [] }, "SDK_A");
      await page.getByRole("row").filter({ hasText: "SDK_A" }).waitFor();
      await send({ Nonsense: 1 }, "SDK_B");
      await page.getByRole("row").filter({ hasText: "UnknownParameter" }).waitFor();
      await page.getByRole("searchbox", { name: "Filter" }).fill("sdk_a");
      await page.getByRole("row").filter({ hasText: "SDK_B" }).waitFor({ state: "detached" });
      await page.getByRole("button", { name: /^Details of/ }).click();
      await page
        .getByRole("region", { name: "Details" })
        .getByText("field-value-invalid")
        .waitFor();
      assert.deepEqual(opened.troubles, []);
    },
  );

  await t.test("kept parameters are replayed into the Explorer", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await send({ RspImgType: "again", MergeInfos: [] }, "SDK_C");
    await openPage(page, "Inspector");
    await page.getByText("also keeps the parameters").waitFor();
    const row = page.getByRole("row").filter({ hasText: "SDK_C" });
    await row.getByRole("button").click();
    await page.getByRole("button", { name: "Replay its parameters in the Explorer" }).click();
    await page.getByLabel("RspImgType").waitFor();
    assert.equal(await page.getByLabel("RspImgType").inputValue(), "again");
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("hostile texts in everything that is kept stay texts", async () => {
    for (const text of HOSTILE) {
      await send({ RspImgType: text, MergeInfos: [{ Url: text }], [text]: text }, text, text);
      await send({ RspImgType: text, MergeInfos: [{ Url: text }] }, text);
    }
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Inspector");
    await page.getByRole("row").filter({ hasText: HOSTILE[0]! }).first().waitFor();
    for (const button of await page.getByRole("button", { name: /^Details of/ }).all()) {
      await button.click();
    }
    await page
      .getByRole("row")
      .filter({ hasText: "FailedOperation" })
      .first()
      .getByRole("button")
      .click();
    await page.getByRole("button", { name: "Replay its parameters in the Explorer" }).click();
    await page.getByLabel("RspImgType").waitFor();
    for (const tab of ["Code", "JSON"]) await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("alert").first().waitFor();
    for (const tab of ["Request", "Signature", "Answer"]) {
      await page.getByRole("tab", { name: tab }).click();
    }
    await page.goto(`${server.url}/console/#/docs?page=${encodeURIComponent(HOSTILE[1]!)}&at=<b>`);
    await page.goto(`${server.url}/console/#/explorer?action=${encodeURIComponent(HOSTILE[1]!)}`);
    await page.getByRole("heading", { level: 1, name: "API Explorer" }).waitFor();
    assert.deepEqual(opened.troubles, []);
  });
});
