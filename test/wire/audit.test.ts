import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { facefusion } from "tencentcloud-sdk-nodejs";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import type { CallRecord } from "../../src/audit/audit-record.ts";
import type { AuditBook } from "../../src/audit/audit-trail.ts";
import { createSqliteAuditBook } from "../../src/audit/sqlite/sqlite-audit-book.ts";
import { AppError } from "../../src/base/app-error.ts";
import { anAnswer, type Gateway, startGateway } from "../support/gateway.ts";
import { greyPng } from "../support/header-pictures.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

let gateway: Gateway;
let audit: AuditBook;
let accountId: string;

const LINK = `/results/${"0123456789abcdef".repeat(2)}.jpg?e=2000000000&s=${"A".repeat(43)}`;

before(async () => {
  gateway = await startGateway({
    async run(job) {
      if (job.merges.length === 2) throw new AppError("face-not-found", "No face.");
      if (job.delivery === "base64") return anAnswer(job);
      const stored = { resultId: "0123456789abcdef".repeat(2), resultExpiresAtMs: 2e12 };
      return { ...anAnswer(job), delivery: "url", path: LINK, stored };
    },
  });
  audit = await createSqliteAuditBook(gateway.dataDir);
  await using book = await createSqliteAccountBook(gateway.dataDir);
  accountId = (await book.find(gateway.key.secretId)).id;
});
after(async () => {
  await audit[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

const PICTURE = greyPng(80, 70).toString("base64");

async function call(
  parameters: Readonly<Record<string, unknown>> = {},
  options: Parameters<typeof sendTc3>[2] = {},
): Promise<{ readonly row: CallRecord; readonly code: string | undefined }> {
  const body = JSON.stringify({
    RspImgType: "base64",
    ModelImage: PICTURE,
    MergeInfos: [{ Image: PICTURE }],
    ...parameters,
  });
  const { RequestId, Error: error } = envelopeOf(
    await sendTc3(gateway.address, gateway.key, { body, ...options }),
  );
  const [entry] = audit.entries({ requestId: RequestId });
  assert.equal(entry?.record?.kind, "call", "every call has its row before its answer");
  return { row: entry.record, code: error?.Code };
}

test("a call that succeeds has a row with everything but content", async () => {
  const { row, code } = await call({ SwapModelType: 4 });
  assert.equal(code, undefined);
  const { atMs, requestId, durationMs, requestBytes, answerBytes, ...rest } = row;
  assert.ok(Math.abs(atMs - Date.now()) < 60_000 && durationMs >= 0);
  assert.match(requestId, /^[\da-f-]{36}$/);
  assert.ok(requestBytes > 200 && answerBytes > 50);
  assert.deepEqual(rest, {
    kind: "call",
    account: accountId,
    secretId: "AKIDz8kr...",
    client: "127.0.0.0/24",
    action: "FuseFaceUltra",
    pictureBytes: 9,
    resultBytes: 4,
    modelType: 4,
    faces: 1,
    logoAdd: true,
    delivery: "base64",
  });
});

test("the row of a call without a label says so", async () => {
  assert.equal((await call({ LogoAdd: 0 })).row.logoAdd, false);
  assert.equal((await call({ LogoAdd: 7 })).row.logoAdd, true);
});

test("the row of a stored result has its id and its end, never the link", async () => {
  const { row } = await call({ RspImgType: "url" });
  assert.equal(row.resultId, "0123456789abcdef".repeat(2));
  assert.equal(row.resultExpiresAtMs, 2e12);
  assert.doesNotMatch(JSON.stringify(row), /AAAA/);
});

test("a call that fails in the engine has its code and what was asked for", async () => {
  const { row } = await call({ LogoAdd: 0, MergeInfos: [{ Image: PICTURE }, { Image: PICTURE }] });
  assert.equal(row.code, "FailedOperation.NoFaceDetected");
  assert.equal(row.faces, 2);
  assert.equal(row.logoAdd, false);
});

test("nothing that a caller writes gets into a row", async () => {
  const secret = "https://pictures.example/someone-private.jpg?token=abc";
  const { row } = await call(
    { ModelUrl: secret, MergeInfos: [{ Url: secret }] },
    {
      headers: { "X-TC-RequestClient": "someone-private", "X-Faceloom-Consent": "not a reference" },
    },
  );
  assert.doesNotMatch(JSON.stringify(row), /someone-private|token|reference/);
});

test("a call with a wrong signature has a row without an account", async () => {
  const { row, code } = await call({}, { authorization: (plain) => `${plain.slice(0, -4)}0000` });
  assert.equal(code, "AuthFailure.SignatureFailure");
  assert.equal(row.code, code);
  assert.equal(row.account, undefined);
});

test("strangers cannot fill the disk with rows", async () => {
  const count = (): number => [...audit.entries({})].length;
  const earlier = count();
  const startedMs = Date.now();
  for (let i = 0; i < 60; i++) {
    await sendTc3(gateway.address, gateway.key, { body: "{}", authorization: () => "nonsense" });
  }
  const seconds = Math.floor(Date.now() / 1000) - Math.floor(startedMs / 1000) + 1;
  assert.ok(count() - earlier <= 10 * seconds);
  assert.ok(count() > earlier);
});

test("an account that must attest consent is refused without it, and its rows say what attests it", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  await book.change(accountId, { consent: { kind: "per-call" } });
  const refused = await call();
  assert.equal(refused.code, "AuthFailure.UnauthorizedOperation");
  const given = await call({}, { headers: { "X-Faceloom-Consent": "form-2026/77" } });
  assert.equal(given.code, undefined);
  assert.equal(given.row.consent, "call:form-2026/77");
  await book.change(accountId, {
    consent: { kind: "standing", reference: "contract-7", since: "2026-01-01T00:00:00Z" },
  });
  const standing = await call();
  assert.equal(standing.code, undefined);
  assert.equal(standing.row.consent, "standing:contract-7");
  await book.change(accountId, { consent: undefined });
  assert.equal((await call()).row.consent, undefined);
});

test("the official Node SDK sends the attestation for a client or for a call", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  await book.change(accountId, { consent: { kind: "per-call" } });
  const parameters = {
    RspImgType: "base64",
    ModelImage: PICTURE,
    MergeInfos: [{ Image: PICTURE }],
  };
  const attested = { headers: { "X-Faceloom-Consent": "form-1" } };
  const client = (headers: object): InstanceType<typeof facefusion.v20220927.Client> =>
    new facefusion.v20220927.Client({
      credential: gateway.key,
      region: "ap-guangzhou",
      profile: {
        httpProfile: { protocol: "http://", endpoint: new URL(gateway.address).host, ...headers },
      },
    });
  await assert.rejects(client({}).FuseFaceUltra(parameters), {
    code: "AuthFailure.UnauthorizedOperation",
  });
  for (const answer of [
    await client(attested).FuseFaceUltra(parameters),
    await client({}).request("FuseFaceUltra", parameters, attested),
  ]) {
    const [entry] = audit.entries({ requestId: answer.RequestId! });
    assert.equal(entry?.record?.kind === "call" && entry.record.consent, "call:form-1");
  }
  await book.change(accountId, { consent: undefined });
});

test("looking at materials needs no consent", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  await book.change(accountId, { consent: { kind: "per-call" } });
  const { code } = await call({}, { headers: { "X-TC-Action": "DescribeMaterialList" } });
  assert.notEqual(code, "AuthFailure.UnauthorizedOperation");
  await book.change(accountId, { consent: undefined });
});

test("the whole trail verifies", () => {
  const { faults, rows } = audit.verify();
  assert.deepEqual(faults, []);
  assert.ok(rows > 10);
});

test("GET /v1/retention tells anybody what is kept", async () => {
  const response = await fetch(`${gateway.address}/v1/retention`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
  const { operator, summary, entries } = (await response.json()) as {
    readonly operator: string | null;
    readonly summary: Readonly<Record<string, string>>;
    readonly entries: readonly { readonly maxSeconds?: number }[];
  };
  assert.equal(operator, null);
  assert.match(summary.en ?? "", /190 days/);
  assert.ok(entries.some(({ maxSeconds }) => maxSeconds === 190 * 86_400));
});
