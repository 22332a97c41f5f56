import assert from "node:assert/strict";
import test from "node:test";
import { signCall } from "../../../console/src/api/sign-call.ts";
import { signTc3 } from "../../../src/protocol/tc3/sign-tc3.ts";

const KEY = {
  secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
  secretKey: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
};

test("the page signs as the documents and the command line do, with WebCrypto and without", async (t) => {
  const body = JSON.stringify({ RspImgType: "url", note: "图片" });
  const call = {
    ...{ action: "FuseFaceUltra", version: "2022-09-27", region: "ap-guangzhou" },
    ...{ language: "en-US", host: "127.0.0.1:8080", timestamp: 1_767_225_600 },
  };
  const expected = signTc3({ ...call, ...KEY, body });
  const bytes = new TextEncoder().encode(body);
  assert.deepEqual((await signCall({ ...call, body: bytes }, KEY)).headers, expected);
  t.mock.getter(globalThis.crypto, "subtle", () => undefined);
  assert.deepEqual((await signCall({ ...call, body: bytes }, KEY)).headers, expected);
});
