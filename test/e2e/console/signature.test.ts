import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import type { Tc3Call } from "../../../src/protocol/tc3/sign-tc3.ts";
import { explainTc3 } from "../../../src/protocol/tc3/sign-tc3.ts";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../support/browser.ts";
import { startServer } from "../../support/running-server.ts";

const SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const BODY = '{"RspImgType":"url","ModelUrl":"https://example.com/t.jpg"}';

/** A request whose client signed `signed`, with `sentBody` in place of the body. */
function requestOf(host: string, signed: Partial<Tc3Call> = {}, sentBody = BODY): string {
  const call: Tc3Call = {
    secretId: "AKIDx",
    secretKey: SECRET_KEY,
    host,
    action: "FuseFaceUltra",
    version: "2022-09-27",
    region: "ap-guangzhou",
    body: BODY,
    timestamp: Math.floor(Date.now() / 1000),
    ...signed,
  };
  const { headers } = explainTc3(call);
  const lines = Object.entries({ Host: host, ...headers }).map(
    ([name, text]) => `${name}: ${text}`,
  );
  return `POST / HTTP/1.1\n${lines.join("\n")}\n\n${sentBody}`;
}

async function paste(page: Page, text: string, secretKey = SECRET_KEY): Promise<void> {
  await page.getByLabel("Request", { exact: true }).fill(text);
  await page.getByLabel("SecretKey", { exact: true }).fill(secretKey);
}

test("the signature debugger", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const { host } = new URL(server.url);
  const address = `${server.url}/console/#/signature`;

  for (const [name, text, secretKey, told] of [
    ["accepts a right request", requestOf(host), SECRET_KEY, "The server accepts this signature."],
    ["finds a wrong key", requestOf(host), "another key", "another SecretKey"],
    [
      "finds a wrong host",
      requestOf(host, { host: "facefusion.tencentcloudapi.com" }),
      SECRET_KEY,
      `signed as facefusion.tencentcloudapi.com, and sent as ${host}`,
    ],
    [
      "finds a body that was written anew",
      requestOf(host, {
        body: BODY.replaceAll(":", ": ").replaceAll("https: ", "https:").replaceAll(",", ", "),
      }),
      SECRET_KEY,
      "same JSON was signed in another spelling",
    ],
    [
      "finds a local date",
      requestOf(host).replace(/\d{4}-\d\d-\d\d\/facefusion/, () => {
        return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}/facefusion`;
      }),
      SECRET_KEY,
      "the client took the local date",
    ],
  ] as const) {
    await t.test(name, async () => {
      await using opened = await visit(browser, address);
      await paste(opened.page, text, secretKey);
      await opened.page.getByText(told).first().waitFor();
      assert.deepEqual(opened.troubles, []);
    });
  }

  await t.test("tells a changed body by the client's own canonical request", async () => {
    await using opened = await visit(browser, address);
    const { page } = opened;
    await paste(page, requestOf(host, {}, "{}"));
    await page.getByText("What your client computed").click();
    const call = { secretId: "AKIDx", secretKey: SECRET_KEY, host, action: "FuseFaceUltra" };
    const rest = { version: "2022-09-27", region: "ap-guangzhou", body: BODY, timestamp: 1 };
    await page
      .getByLabel("Your canonical request")
      .fill(explainTc3({ ...call, ...rest }).canonicalRequest);
    await page.getByText("Your canonical request differs").waitFor();
    assert.equal(await page.locator(".signature-compare tr.differs").count(), 1);
  });

  await t.test("sends nothing: neither request nor key leave the page", async () => {
    await using opened = await visit(browser, address);
    await opened.page.getByRole("button", { name: "Insert an example" }).waitFor();
    const requests: string[] = [];
    opened.page.on("request", (request) => requests.push(request.url()));
    await opened.page.getByRole("button", { name: "Insert an example" }).click();
    await opened.page.getByText("The server refuses this request.").waitFor();
    assert.deepEqual(requests, []);
  });

  await t.test("hostile text stays text", async () => {
    await using opened = await visit(browser, address);
    const odd = '"><img src=x onerror=alert(1)>';
    await paste(
      opened.page,
      requestOf(host)
        .replace("FuseFaceUltra", odd)
        .replace(/Host: .*/, `Host: ${odd}`),
    );
    await opened.page.locator(".signature-findings").waitFor();
    assert.equal(await opened.page.locator("main img").count(), 0);
    assert.deepEqual(opened.troubles, []);
  });

  for (const [locale, widthPx, example] of [
    ["en-US", 1440, "Insert an example"],
    ["zh-CN", 390, "插入示例"],
  ] as const) {
    await t.test(`axe finds nothing serious in ${locale} at ${widthPx} px`, async () => {
      await using opened = await visit(browser, address, { locale, widthPx, colorScheme: "dark" });
      await opened.page.getByRole("button", { name: example }).click();
      await opened.page.locator(".signature-verdict.bad").waitFor();
      assert.deepEqual(await seriousBarriers(opened.page), []);
      const overflow = await opened.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overflow, 0);
    });
  }
});
