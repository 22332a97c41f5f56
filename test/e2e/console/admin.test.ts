import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { createSqliteMaterials } from "../../../src/materials/sqlite/sqlite-materials.ts";
import type { Visit, VisitOptions } from "../../support/browser.ts";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import { startServer } from "../../support/running-server.ts";
import { callSigned } from "../../support/signed-call.ts";
import { ROOT } from "../../support/source-modules.ts";

/** Texts that would do something if any page made markup, a script, a style or a template of them. */
const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  '"><svg onload=alert(1)>',
  "'><iframe srcdoc='<script>alert(1)</script>'>",
  "javascript:alert(1)",
  "{{constructor.constructor('alert(1)')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  "${alert(1)}",
  "</title><script>alert(1)</script>",
  "<style>*{display:none}</style>",
  "&lt;b&gt; &amp;#60;",
  "\u202Egnp.exe",
];

const TOKEN = randomBytes(24).toString("hex");

/** Chromium writes every 401 to its log, also the one that says that nobody is logged in yet. */
const troublesOf = ({ troubles }: Visit): string[] =>
  troubles.filter((text) => !text.includes("401 (Unauthorized)"));

async function logIn(browser: Browser, url: string, look: VisitOptions = {}): Promise<Visit> {
  const opened = await visit(browser, url, look);
  await opened.page.locator("#admin-token").fill(TOKEN);
  await opened.page.keyboard.press("Enter");
  await opened.page.locator(".admin-table").first().waitFor();
  return opened;
}

/** Reads the key that the page shows this one time. */
async function shownKey(page: Page): Promise<{ secretId: string; secretKey: string }> {
  const text = await page.getByRole("dialog").locator("pre").innerText();
  const [, secretId = "", secretKey = ""] = /SecretId: (\S+)\nSecretKey: (\S+)/.exec(text) ?? [];
  return { secretId, secretKey };
}

async function closeDialog(page: Page, name: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("the operator's pages", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer({
    FACELOOM_ADMIN_PORT: "0",
    FACELOOM_ADMIN_TOKEN: TOKEN,
  });
  await using browser = await startBrowser();
  const { admin } = JSON.parse(await readFile(path.join(server.dataDir, "listeners.json"), "utf8"));
  const call = async (key: { secretId: string; secretKey: string }): Promise<string | undefined> =>
    (await callSigned({ url: server.url, ...key }, "DescribeMaterialList", { ActivityId: "at_1" }))
      .code;

  await t.test("show nothing but a login, and tell a wrong token", async () => {
    await using opened = await visit(browser, admin);
    const { page } = opened;
    await page.getByLabel("Token").fill("not the token");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").filter({ hasText: "That is not the token." }).waitFor();
    assert.equal(await page.locator(".admin-table").count(), 0);
    assert.deepEqual(troublesOf(opened), []);
  });

  await t.test("make an account whose key works, and show its secret once", async () => {
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByLabel("Name").fill("shop-7");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The new key" }).waitFor();
    const key = await shownKey(page);
    assert.equal(await call(key), "InvalidParameterValue.ActivityIdNotFound");
    await closeDialog(page, "I have copied it");
    await page.getByRole("link", { name: "shop-7" }).click();
    await page.getByText(key.secretId).waitFor();
    assert.equal((await page.locator("body").innerText()).includes(key.secretKey), false);
    await page.reload();
    await page.getByText(key.secretId).waitFor();
    assert.deepEqual(troublesOf(opened), []);
  });

  await t.test("change terms that hold from the next call on", async () => {
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("link", { name: "shop-7" }).click();
    await page.getByRole("button", { name: "New key" }).click();
    const key = await shownKey(page);
    await closeDialog(page, "I have copied it");
    await page.getByLabel("All, also future ones").uncheck();
    await page.getByRole("checkbox", { name: "DescribeMaterialList" }).uncheck();
    await page.getByLabel("Monthly quota").fill("100");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    assert.equal(await call(key), "AuthFailure.UnauthorizedOperation");
    await page.reload();
    await page.getByLabel("Monthly quota").waitFor();
    assert.equal(await page.getByLabel("Monthly quota").inputValue(), "100");
    await page.getByRole("button", { name: `Disable ${key.secretId}` }).click();
    await page.getByRole("button", { name: `Enable ${key.secretId}` }).waitFor();
    assert.equal(await call(key), "AuthFailure.SecretIdNotFound");
    await page.getByRole("button", { name: `Delete ${key.secretId}` }).click();
    await page.getByRole("dialog").getByText("ends at once and for good").waitFor();
    await closeDialog(page, "Delete");
    await page.getByText(key.secretId).waitFor({ state: "detached" });
    assert.deepEqual(troublesOf(opened), []);
  });

  await t.test("keep a contract of consent, and make temporary keys", async () => {
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("link", { name: "shop-7" }).click();
    await page.getByLabel("Consent of the persons shown").selectOption("standing");
    await page.getByLabel("Reference of the contract").fill("a sentence with blanks");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").filter({ hasText: "1 to 128 letters" }).waitFor();
    await page.getByLabel("Reference of the contract").fill("contract-2026/7");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    await page.reload();
    await page.getByLabel("Reference of the contract").waitFor();
    assert.equal(
      await page.getByLabel("Reference of the contract").inputValue(),
      "contract-2026/7",
    );
    await page.getByRole("button", { name: "Temporary key" }).click();
    await page.getByLabel("Minutes until it ends").fill("5");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The new key" }).waitFor();
    const { secretId } = await shownKey(page);
    assert.match(await page.getByRole("dialog").locator("pre").innerText(), /^Token: \S+$/m);
    await closeDialog(page, "I have copied it");
    await page.locator("li", { hasText: secretId }).getByText("temporary").waitFor();
  });

  await t.test("say why something cannot be done", async () => {
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByLabel("Name").fill("shop-7");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("alert").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  });

  await t.test(
    "show materials with their faces, and let them be reviewed and deleted",
    async () => {
      const photo = path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample1.jpg");
      await promisify(execFile)(
        process.execPath,
        [
          "bin/faceloom.js",
          "materials",
          "import",
          photo,
          "--activity",
          "at_1",
          "--name",
          "<b>poster</b>",
        ],
        { cwd: ROOT, env: { PATH: process.env.PATH, FACELOOM_DATA_DIR: server.dataDir } },
      );
      await using opened = await logIn(browser, admin);
      const { page } = opened;
      await page.getByRole("link", { name: "Materials" }).click();
      await page.getByRole("heading", { name: "<b>poster</b>" }).waitFor();
      await page.locator(".material-frame svg rect").first().waitFor();
      assert.equal(await page.locator(".material-frame svg rect").count(), 3);
      await page.getByLabel("State").selectOption({ label: "approved" });
      await page.getByRole("button", { name: /^Save/ }).click();
      await page.locator(".badge", { hasText: "usable" }).filter({ hasNotText: "not" }).waitFor();
      await page.getByRole("button", { name: /^Delete/ }).click();
      await closeDialog(page, "Delete");
      await page.getByText("There are none.").waitFor();
      assert.deepEqual(troublesOf(opened), []);
    },
  );

  await t.test("show hostile names and words as they are", async () => {
    const photo = await readFile(
      path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample2.jpg"),
    );
    {
      await using materials = await createSqliteMaterials({
        dataDir: server.dataDir,
        nowMs: Date.now,
      });
      for (const name of HOSTILE) {
        const faceBoxes = [{ x: 10, y: 10, width: 50, height: 50 }];
        const { id } = await materials.add({
          ...{ picture: photo, format: "jpeg", activityId: "at_x", name, faceBoxes },
          state: "in-review",
        });
        await materials.review(id, "rejected", name);
      }
    }
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.goto(`${admin}/#/materials?activity=at_x`);
    for (const [i, name] of HOSTILE.entries()) {
      assert.equal(await page.locator(".material h2").nth(i).innerText(), name);
      assert.equal(await page.getByLabel("Reviewer's words").nth(i).inputValue(), name);
    }
    await page.goto(`${admin}/#/materials?activity=${encodeURIComponent(HOSTILE[0]!)}`);
    await page.locator(".materials-filter").waitFor();
    await page.goto(`${admin}/#/?account=${encodeURIComponent(HOSTILE[0]!)}`);
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator("main script, main iframe, main img[src=x]").count(), 0);
    assert.deepEqual(
      troublesOf(opened).filter((text) => !/40[04] /.test(text)),
      [],
    );
  });

  await t.test("delete the stored result of a call, whose link is dead at once", async () => {
    const photo = async (n: number): Promise<string> => {
      const file = path.join(ROOT, `node_modules/@vladmandic/face-api/demo/sample${n}.jpg`);
      return (await readFile(file)).toString("base64");
    };
    const fused = await callSigned(server, "FuseFaceUltra", {
      RspImgType: "url",
      ModelImage: await photo(1),
      MergeInfos: [{ Image: await photo(4) }],
    });
    assert.equal(fused.code, undefined, fused.message);
    assert.equal((await fetch(fused.fusedImage!)).status, 200);
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.goto(`${admin}/#/system`);
    await page.getByLabel("Of the call with this RequestId").fill(fused.requestId!);
    await page.getByRole("button", { name: "Delete stored results" }).click();
    await page.getByRole("dialog").getByText(fused.requestId!).waitFor();
    await closeDialog(page, "Delete");
    await page.getByRole("status").filter({ hasText: "1 deleted" }).waitFor();
    assert.equal((await fetch(fused.fusedImage!)).status, 403);
    assert.deepEqual(troublesOf(opened), []);
  });

  await t.test("show the calls by outcome, and delete what is kept of one", async () => {
    const refused = await callSigned(server, "FuseFaceUltra", {
      ModelImage: "AAAA",
      MergeInfos: [{ Image: "AAAA" }],
    });
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("link", { name: "Calls" }).click();
    await page.getByRole("cell", { name: refused.requestId! }).waitFor();
    await page.getByLabel("Outcome").selectOption("ok");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("cell", { name: refused.requestId! }).waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "FuseFaceUltra" }).first().waitFor();
    await page.goto(`${admin}/#/audit?outcome=failed&requestId=${refused.requestId}`);
    await page.getByRole("cell", { name: refused.code! }).waitFor();
    assert.equal(await page.locator(".admin-table tbody tr").count(), 1);
    await page.getByLabel("Id", { exact: true }).fill(refused.requestId!);
    await page.getByRole("button", { name: "Delete all that is kept" }).click();
    await page.getByRole("dialog").getByText(refused.requestId!).waitFor();
    await closeDialog(page, "Delete");
    await page.getByRole("status").filter({ hasText: "1 rows, 0 results" }).waitFor();
    await page.getByText("No rows fit.").waitFor();
    await page.goto(`${admin}/#/audit`);
    await page.getByText(`1 rows emptied and 0 results deleted, of ${refused.requestId}`).waitFor();
    await page.getByText("emptied on request").waitFor();
    await page.goto(`${admin}/#/audit?account=${encodeURIComponent(HOSTILE[0]!)}`);
    await page.getByText("No rows fit.").waitFor();
    assert.equal(await page.locator("main img[src=x]").count(), 0);
    assert.deepEqual(troublesOf(opened), []);
  });

  await t.test("show the system, and end with the logout", async () => {
    await using opened = await logIn(browser, admin);
    const { page } = opened;
    await page.getByRole("link", { name: "System" }).click();
    await page.getByText("Ready", { exact: true }).waitFor();
    assert.ok((await page.getByText("verified").count()) >= 3);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Token").waitFor();
    await page.reload();
    await page.getByLabel("Token").waitFor();
    assert.deepEqual(troublesOf(opened), []);
  });

  for (const [locale, widthPx, colorScheme] of [
    ["en-US", 1440, "light"],
    ["zh-CN", 390, "dark"],
  ] as const) {
    await t.test(`axe finds nothing serious in ${locale} at ${widthPx} px`, async () => {
      await using opened = await logIn(browser, admin, { locale, widthPx, colorScheme });
      const { page } = opened;
      const barriers = async (): Promise<void> => {
        assert.deepEqual(await seriousBarriers(page), []);
        const overflow =
          "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert.equal(await page.evaluate(overflow), 0);
      };
      await barriers();
      await page.getByRole("link", { name: "shop-7" }).click();
      await page.locator("#account-usage").waitFor();
      await barriers();
      await page.goto(`${admin}/#/materials`);
      await page.locator(".materials-filter").waitFor();
      await barriers();
      await page.goto(`${admin}/#/audit`);
      await page.locator(".admin-table").waitFor();
      await barriers();
      await page.goto(`${admin}/#/system`);
      await page.locator(".figures").first().waitFor();
      await barriers();
    });
  }
});
