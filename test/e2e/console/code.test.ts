import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import type { Browser, Page } from "playwright-core";
import { SAMPLE_LANGUAGES } from "../../../console/src/samples/sample-languages.ts";
import type { Visit, VisitOptions } from "../../support/browser.ts";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import type { RunningServer } from "../../support/running-server.ts";
import { startServer } from "../../support/running-server.ts";
import { ROOT } from "../../support/source-modules.ts";

/** Opens the Explorer, signs in, fills in the drawn pictures and shows the call as code. */
async function visitCode(
  browser: Browser,
  server: RunningServer,
  look: VisitOptions = {},
): Promise<Visit> {
  const opened = await visit(browser, `${server.url}/console/#/explorer`, look);
  const { page } = opened;
  const printed = `  SecretId:  ${server.secretId}\n  SecretKey: ${server.secretKey}\n`;
  await page.getByLabel("SecretId").fill(printed);
  await page.getByRole("button", { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole("button", { name: /drawings|示例图片/ }).click();
  await page.getByRole("tab", { name: /^(Code|代码)$/ }).click();
  await page.locator(".code-panel pre").waitFor();
  return opened;
}

async function codeOf(page: Page, name: string): Promise<string> {
  await page.locator(".code-languages").getByText(name, { exact: true }).click();
  return page.locator(".code-panel pre").innerText();
}

/** Saves everything that the panel offers: the code and the pictures that it reads. */
async function saveAll(page: Page, folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const button of await page.locator(".code-panel .row button").all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const name = download.suggestedFilename();
    await download.saveAs(path.join(folder, name));
    names.push(name);
  }
  return names;
}

function run(program: string, file: string, options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn(program, [file], options);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  return new Promise<{ code: number | null; errors: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, errors })),
  );
}

function lacks(program: string): boolean {
  return spawnSync(program, ["--version"]).error !== undefined;
}

test("the call as code", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();

  await t.test("names this server and the pictures' files in every language", async () => {
    await using opened = await visitCode(browser, server);
    const { page } = opened;
    for (const { name, id } of SAMPLE_LANGUAGES) {
      const code = await codeOf(page, name);
      const { host } = new URL(server.url);
      assert.ok(code.includes(host), `${id} names ${host}`);
      for (const text of ["FuseFaceUltra", "template.jpg", "user-1.jpg", "base64"]) {
        assert.ok(code.includes(text), `${id} has ${text}`);
      }
      assert.equal(code.includes(server.secretKey), false);
    }
    assert.deepEqual(opened.troubles, []);
  });

  for (const [name, program] of [
    ["Node.js", process.execPath],
    ["curl", "bash"],
  ] as const) {
    const isMissing = name === "curl" && ["curl", "openssl"].some(lacks);
    const skip = isMissing ? "curl or openssl is not installed" : false;
    await t.test(
      `fuses the pictures when the ${name} code is saved and run`,
      { skip },
      async () => {
        const folder = await mkdtemp(path.join(tmpdir(), "faceloom-code-"));
        try {
          await using opened = await visitCode(browser, server);
          await codeOf(opened.page, name);
          const [file] = await saveAll(opened.page, folder);
          const env = {
            PATH: process.env.PATH,
            NODE_PATH: path.join(ROOT, "node_modules"),
            TENCENTCLOUD_SECRET_ID: server.secretId,
            TENCENTCLOUD_SECRET_KEY: server.secretKey,
          };
          const { code, errors } = await run(program, file!, { cwd: folder, env });
          assert.equal(code, 0, errors);
          const fused = await readFile(path.join(folder, "fused.jpg"));
          assert.equal(fused.subarray(0, 3).toString("hex"), "ffd8ff");
          assert.ok(fused.length > 5_000);
        } finally {
          await rm(folder, { recursive: true });
        }
      },
    );
  }

  await t.test("remembers the language, and moves by the arrow keys", async () => {
    await using opened = await visitCode(browser, server);
    const { page } = opened;
    await codeOf(page, "Go");
    await page.keyboard.press("ArrowRight");
    await page.locator(".code-languages input[value=node]:checked").waitFor();
    await page.reload();
    await page.getByRole("tab", { name: "Code" }).click();
    await page.locator(".code-languages input[value=node]:checked").waitFor();
  });

  await t.test("a signed call goes to the signature debugger and is right there", async () => {
    await using opened = await visitCode(browser, server);
    const { page } = opened;
    await page.getByRole("button", { name: "Sign only" }).click();
    await page.getByRole("tab", { name: "Signature" }).click();
    await page.getByRole("button", { name: "Open in the signature debugger" }).click();
    await page.getByText("The server accepts this signature.").waitFor();
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("axe finds nothing serious on a phone in Chinese", async () => {
    const look = { widthPx: 390, locale: "zh-CN", colorScheme: "dark" } as const;
    await using opened = await visitCode(browser, server, look);
    assert.deepEqual(await seriousBarriers(opened.page), []);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert.equal(await opened.page.evaluate(overflow), 0);
  });
});
