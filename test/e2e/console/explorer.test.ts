import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { NO_BROWSER, startBrowser } from "../../support/browser.ts";
import { openPage, visitSignedIn } from "../../support/console-visit.ts";
import { startServer } from "../../support/running-server.ts";

test("the API Explorer", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();

  await t.test("every action has a form of all its parameters, with their help", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Explorer");
    const action = page.getByLabel("Action");
    assert.deepEqual(await action.locator("option").allInnerTexts(), [
      "FuseFaceUltra (2022-09-27)",
      "FuseFace (2022-09-27)",
      "DescribeMaterialList (2022-09-27)",
    ]);
    await page.getByRole("button", { name: "Add FusionUltraParam" }).click();
    await page.getByLabel("WarpRadio").waitFor();
    await page.getByText("0 keeps the template's outline of the face").waitFor();
    await action.selectOption("DescribeMaterialList");
    await page.getByLabel("ActivityId").waitFor();
    assert.equal(await page.getByLabel("WarpRadio").count(), 0);
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("an error is shown as it came, and explained", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Explorer");
    await page.getByLabel("RspImgType").fill("postcard");
    await page.getByRole("button", { name: "Send" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("FailedOperation.ParameterValueError").waitFor();
    await alert.getByText("RspImgType is neither url nor base64").waitFor();
    await page.getByRole("tab", { name: "JSON" }).click();
    await page.getByRole("textbox", { name: "JSON" }).fill('{ "Nonsense": 1 }');
    await page.getByRole("button", { name: "Send" }).click();
    await alert.getByText("UnknownParameter", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "JSON" }).fill("[1]");
    await alert.getByText("This is no JSON object").waitFor();
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("a call is signed step by step, sent, and its picture shown", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Explorer");
    await page.getByRole("button", { name: "Fill in our drawings" }).click();
    await page.getByRole("img", { name: "ModelImage" }).waitFor();
    await page.getByLabel("Consent").fill("contract/2026:42");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("img", { name: "The answer's picture" }).waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "Signature" }).click();
    const [canonical, toSign, signature] = await page.locator("pre").allInnerTexts();
    assert.match(
      canonical!,
      /^POST\n\/\n\ncontent-type:application\/json\nhost:127\.0\.0\.1:\d+\n/,
    );
    assert.ok(canonical!.includes("x-faceloom-consent:contract/2026:42"));
    const digest = createHash("sha256").update(canonical!).digest("hex");
    assert.equal(toSign!.split("\n").at(-1), digest);
    await page.getByRole("tab", { name: "Request" }).click();
    const raw = await page.locator("pre").innerText();
    assert.ok(raw.includes(`Signature=${signature}`));
    assert.ok(!raw.includes(server.secretKey));
    assert.deepEqual(opened.troubles, []);
  });
});
