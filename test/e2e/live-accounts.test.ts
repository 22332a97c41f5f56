import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { type Gateway, startGateway } from "../support/gateway.ts";
import { ROOT } from "../support/source-modules.ts";
import { type ClientKey, envelopeOf, sendTc3, type Tc3Options } from "../support/tc3-client.ts";

/*
 * What an operator changes from the command line, in a process of its own, while a server runs. "At once" below is the
 * next call: the server looks at the store each time and keeps nothing.
 */

const run = promisify(execFile);
const BODY = JSON.stringify({
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  MergeInfos: [{ Image: "QUFBQQ==" }],
});

let gateway: Gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway[Symbol.asyncDispose]());

async function faceloom(...args: string[]): Promise<string> {
  const program = path.join(ROOT, "bin/faceloom.js");
  const env = { PATH: process.env.PATH, FACELOOM_DATA_DIR: gateway.dataDir };
  return (await run(process.execPath, [program, "accounts", ...args], { env })).stdout;
}

function keyIn(printed: string): ClientKey & { readonly token: string } {
  const line = (name: string): string =>
    new RegExp(`^${name}: +(\\S+)$`, "m").exec(printed)?.[1] ?? "";
  const [secretId, secretKey, token] = ["SecretId", "SecretKey", "Token"].map(line) as [
    string,
    string,
    string,
  ];
  assert.ok(secretId && secretKey, printed);
  return { secretId, secretKey, token };
}

async function told(key: ClientKey, headers: Tc3Options["headers"] = {}): Promise<string> {
  const answer = await sendTc3(gateway.address, key, { body: BODY, headers });
  return envelopeOf(answer).Error?.Code ?? "accepted";
}

test("an account made beside a running server is served at once, and each change of it holds at once", async () => {
  const key = keyIn(await faceloom("create", "shop", "--rate", "0"));
  assert.equal(await told(key), "accepted");
  for (const [args, code] of [
    [["--state", "frozen"], "ResourceUnavailable.Freeze"],
    [["--state", "arrears"], "ResourceUnavailable.InArrears"],
    [["--state", "active"], "accepted"],
    [["--actions", "DescribeMaterialList"], "AuthFailure.UnauthorizedOperation"],
    [["--actions", "all"], "accepted"],
    [["--balance", "0"], "FailedOperation.BalanceInsufficient"],
    [["--balance", "none"], "accepted"],
    [["--quota", "1"], "ResourceInsufficient"],
    [["--quota", "none"], "accepted"],
  ] as const) {
    await faceloom("set", "shop", "--rate", "FuseFaceUltra=0", ...args);
    assert.equal(await told(key), code, args.join(" "));
  }
  assert.match(await faceloom("usage", "shop"), /^\d{4}-\d\d {2}FuseFaceUltra {2}5\n$/);
});

test("a rate set beside a running server holds in the same second", async () => {
  const key = keyIn(await faceloom("create", "busy", "--rate", "FuseFaceUltra=0"));
  for (let i = 0; i < 4; i++) assert.equal(await told(key), "accepted");
  await faceloom("set", "busy", "--rate", "FuseFaceUltra=1");
  const codes = await Promise.all(Array.from({ length: 8 }, () => told(key)));
  // Eight calls may fall into a few seconds, not into eight.
  assert.ok(codes.includes("RequestLimitExceeded") && codes.includes("accepted"), codes.join());
});

test("keys rotated beside a running server begin and end at once", async () => {
  const first = keyIn(await faceloom("create", "rotating", "--rate", "0"));
  await faceloom("set", "rotating", "--rate", "FuseFaceUltra=0");
  const second = keyIn(await faceloom("rotate-key", "rotating"));
  assert.deepEqual([await told(first), await told(second)], ["accepted", "accepted"]);
  const third = keyIn(await faceloom("rotate-key", "rotating", "--retire", first.secretId));
  assert.equal(await told(first), "AuthFailure.SecretIdNotFound");
  assert.deepEqual([await told(second), await told(third)], ["accepted", "accepted"]);
  await faceloom("set", "rotating", "--remove-key", second.secretId);
  assert.equal(await told(second), "AuthFailure.SecretIdNotFound");
  assert.equal(await told(third), "accepted");
});

test("a temporary key made on the command line is served with its token, until it is removed", async () => {
  await faceloom("create", "visiting", "--rate", "FuseFaceUltra=0");
  const { token, ...key } = keyIn(await faceloom("temporary-key", "visiting", "--seconds", "600"));
  assert.equal(await told(key, { "X-TC-Token": token }), "accepted");
  assert.equal(await told(key), "AuthFailure.TokenFailure");
  await faceloom("set", "visiting", "--remove-key", key.secretId);
  assert.equal(await told(key, { "X-TC-Token": token }), "AuthFailure.SecretIdNotFound");
});

test("a temporary key ends by itself", async () => {
  await faceloom("create", "brief", "--rate", "FuseFaceUltra=0");
  const { token, ...key } = keyIn(await faceloom("temporary-key", "brief", "--seconds", "10"));
  const until = Date.now() + 60_000;
  let code = await told(key, { "X-TC-Token": token });
  assert.equal(code, "accepted");
  while (code === "accepted" && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    code = await told(key, { "X-TC-Token": token });
  }
  assert.equal(code, "AuthFailure.TokenFailure");
});
