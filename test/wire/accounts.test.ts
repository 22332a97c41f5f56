import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AccountTerms } from "../../src/accounts/account.ts";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import type { AccountBook } from "../../src/accounts/account-book.ts";
import { generateKeyPair, generateTemporaryKey } from "../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import { AppError } from "../../src/base/app-error.ts";
import type { Gateway } from "../support/gateway.ts";
import { anAnswer, startGateway } from "../support/gateway.ts";
import type { ClientKey, Tc3Options } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

const call = (template: string): string =>
  JSON.stringify({
    RspImgType: "base64",
    ModelImage: Buffer.from(template).toString("base64"),
    MergeInfos: [{ Image: "QUFBQQ==" }],
  });
const BODY = call("good");
/** Noon UTC: all calls of a test fall into one second unless the test moves the clock. */
const NOON = Date.UTC(2026, 0, 15, 12);

let gateway: Gateway;
let book: AccountBook;
let nowMs = NOON;
before(async () => {
  gateway = await startGateway({
    nowMs: () => nowMs,
    async run(job) {
      const { template } = job;
      if (template.kind === "bytes" && template.bytes.toString() === "faceless") {
        throw new AppError("face-not-found", "No face.");
      }
      return anAnswer(job);
    },
  });
  book = await createSqliteAccountBook(gateway.dataDir);
});
after(async () => {
  await book[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

let count = 0;
async function makeAccount(
  terms: Partial<AccountTerms> = {},
): Promise<ClientKey & { readonly id: string }> {
  const id = await book.create(`account-${count++}`, { ...USUAL_TERMS, rates: {}, ...terms });
  const pair = generateKeyPair();
  await book.addPair(id, pair);
  return { id, ...pair };
}

async function told(key: ClientKey, options: Tc3Options = {}): Promise<string> {
  const timestamp = Math.floor(nowMs / 1000);
  const answer = await sendTc3(gateway.address, key, { body: BODY, timestamp, ...options });
  assert.equal(answer.status, 200);
  const { Error: error } = envelopeOf(answer);
  return error === undefined ? "accepted" : `${error.Code} ${error.Message}`;
}

for (const [state, expected] of [
  ["opening", "ResourceUnavailable.IsOpening 服务正在开通中，请稍等。"],
  ["arrears", "ResourceUnavailable.InArrears 账号已欠费。"],
  ["frozen", "ResourceUnavailable.Freeze 账号已被冻结。"],
  ["stopped", "ResourceUnavailable.StopUsing 账号已停服。"],
  ["recovered", "ResourceUnavailable.Recover 资源已被回收。"],
  ["not-activated", "ResourceUnavailable.NotExist 计费状态未知，请确认是否已在控制台开通服务。"],
] as const) {
  test(`an account that is ${state} is told so from the next call on, and served again when it is active`, async () => {
    const key = await makeAccount();
    assert.equal(await told(key), "accepted");
    await book.change(key.id, { state });
    assert.equal(await told(key), expected);
    await book.change(key.id, { state: "active" });
    assert.equal(await told(key), "accepted");
  });
}

test("an account calls the actions it may and no others", async () => {
  const key = await makeAccount({ allowedActions: ["DescribeMaterialList"] });
  const tail =
    /\[\[request id:[\da-f-]{36}\]you are not authorized to perform operation \(facefusion:FuseFaceUltra\)\nresource \(\*\) has no permission\]$/;
  for (const [language, start] of [
    ["en-US", "You are not authorized to perform this operation. Check your CAM policies, "],
    ["zh-CN", "操作未授权，请检查CAM策略。"],
  ] as const) {
    const message = await told(key, { headers: { "X-TC-Language": language } });
    assert.ok(message.startsWith(`AuthFailure.UnauthorizedOperation ${start}`), message);
    assert.match(message, tail);
  }
  await book.change(key.id, { allowedActions: ["DescribeMaterialList", "FuseFaceUltra"] });
  assert.equal(await told(key), "accepted");
});

test("calls over an account's rate are told the original's sentence, by action and region, for that second", async () => {
  const key = await makeAccount({ rates: { FuseFaceUltra: 2 } });
  assert.deepEqual([await told(key), await told(key)], ["accepted", "accepted"]);
  assert.equal(
    await told(key),
    "RequestLimitExceeded Your current request times equals to `3` in a second, which exceeds the frequency limit `2` for a second. Please reduce the frequency of calls.",
  );
  assert.equal(
    await told(key, { headers: { "X-TC-Language": "zh-CN" } }),
    "RequestLimitExceeded 您当前每秒请求 `4` 次，超过了每秒频率上限 `2`，请稍后重试。",
  );
  assert.equal(await told(key, { headers: { "X-TC-Region": "ap-beijing" } }), "accepted");
  assert.equal(await told(await makeAccount({ rates: { FuseFaceUltra: 2 } })), "accepted");
  nowMs += 1000;
  assert.equal(await told(key), "accepted");
});

test("the first account has no rate of its own, and 0 is no limit", async () => {
  const unlimited = await makeAccount({ rates: { FuseFaceUltra: 0 } });
  for (let i = 0; i < 5; i++) {
    assert.equal(await told(gateway.key), "accepted");
    assert.equal(await told(unlimited), "accepted");
  }
});

test("only successful calls use up a month's quota", async () => {
  const key = await makeAccount({ monthlyQuota: 1 });
  assert.match(await told(key, { body: call("faceless") }), /^FailedOperation\.NoFaceDetected /);
  assert.match(await told(key, { body: "{}" }), /^MissingParameter /);
  assert.equal(await told(key), "accepted");
  assert.equal(await told(key), "ResourceInsufficient 资源不足。");
  assert.deepEqual(await book.usage(key.id), [
    { month: "2026-01", action: "FuseFaceUltra", calls: 1 },
  ]);
});

test("only successful calls use up a prepaid balance, and a new one serves again", async () => {
  const key = await makeAccount({ balance: 1 });
  assert.match(await told(key, { body: call("faceless") }), /^FailedOperation\.NoFaceDetected /);
  assert.equal(await told(key), "accepted");
  assert.equal(
    await told(key),
    "FailedOperation.BalanceInsufficient 余额不足，开通失败，请充值后再开通。",
  );
  await book.change(key.id, { balance: 1 });
  assert.equal(await told(key), "accepted");
});

test("both keys of a rotation work until one is removed", async () => {
  const key = await makeAccount();
  const second = generateKeyPair();
  await book.addPair(key.id, second);
  assert.deepEqual([await told(key), await told(second)], ["accepted", "accepted"]);
  await book.removeKey(key.id, key.secretId);
  assert.match(await told(key), /^AuthFailure\.SecretIdNotFound /);
  assert.equal(await told(second), "accepted");
});

test("the pair of another account does not mix with this one's", async () => {
  const [one, other] = [await makeAccount(), await makeAccount()];
  const mixed = { secretId: one.secretId, secretKey: other.secretKey };
  assert.match(await told(mixed), /^AuthFailure\.SignatureFailure /);
});

test("a temporary key is served with its own token and until it ends", async () => {
  const key = await makeAccount();
  const temporary = generateTemporaryKey(Date.now() + 60_000_000);
  const ended = generateTemporaryKey(Date.now() + 60_000);
  await book.addTemporaryKey(key.id, temporary);
  await book.addTemporaryKey(key.id, ended);
  const withToken = (token: string): Tc3Options => ({ headers: { "X-TC-Token": token } });
  nowMs = Date.now();
  try {
    assert.equal(await told(temporary, withToken(temporary.token)), "accepted");
    assert.equal(await told(ended, withToken(ended.token)), "accepted");
    for (const options of [{}, withToken("x"), withToken(ended.token)]) {
      assert.match(await told(temporary, options), /^AuthFailure\.TokenFailure /);
    }
    assert.match(await told(key, withToken(temporary.token)), /^AuthFailure\.TokenFailure /);
    nowMs = ended.expiresAtMs;
    assert.match(await told(ended, withToken(ended.token)), /^AuthFailure\.TokenFailure /);
  } finally {
    nowMs = NOON;
  }
});
