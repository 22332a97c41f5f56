import assert from "node:assert/strict";
import test from "node:test";
import { inspectRequest } from "../../../../console/src/signature/inspect-request.ts";
import type { Inspection, InspectionInput } from "../../../../console/src/signature/inspection.ts";
import type { Tc3Call } from "../../../../src/protocol/tc3/sign-tc3.ts";
import { explainTc3 } from "../../../../src/protocol/tc3/sign-tc3.ts";

const SECRET_KEY = "the-secret-key";
const TIMESTAMP = 1_767_225_600;
const BODY = '{"RspImgType":"url","MergeInfos":[{"Url":"https://e.com/中/u.jpg"}]}';

const CALL: Tc3Call = {
  secretId: "AKIDx",
  secretKey: SECRET_KEY,
  host: "127.0.0.1:8080",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  region: "ap-guangzhou",
  body: BODY,
  timestamp: TIMESTAMP,
};

/** The request as a client would send it, after it signed `signed`; `sent` is what went out instead. */
function requestOf(
  signed: Partial<Tc3Call> = {},
  sent: { readonly host?: string; readonly body?: string; readonly headers?: object } = {},
): string {
  const { headers } = explainTc3({ ...CALL, ...signed });
  const all = { Host: sent.host ?? CALL.host, ...headers, ...sent.headers };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return `POST / HTTP/1.1\n${lines.join("\n")}\n\n${sent.body ?? BODY}`;
}

function inspect(text: string, more: Partial<InspectionInput> = {}): Inspection {
  return inspectRequest({ text, secretKey: SECRET_KEY, nowMs: TIMESTAMP * 1000, ...more });
}

const kinds = (inspection: Inspection): string[] => inspection.findings.map(({ kind }) => kind);

test("a right request is accepted, with every step that the server computes", () => {
  const explained = explainTc3(CALL);
  const inspection = inspect(requestOf());
  assert.equal(inspection.verdict, "accepted");
  assert.deepEqual(kinds(inspection), ["accepted"]);
  assert.equal(inspection.steps?.canonicalRequest, explained.canonicalRequest);
  assert.equal(inspection.steps?.stringToSign, explained.stringToSign);
  assert.equal(inspection.steps?.computed, explained.signature);
});

test("without the SecretKey the texts are there and the decision stays open", () => {
  const inspection = inspect(requestOf(), { secretKey: undefined });
  assert.equal(inspection.verdict, "open");
  assert.deepEqual(kinds(inspection), ["key-missing"]);
  assert.equal(inspection.steps?.computed, undefined);
});

test("a host signed without its port is accepted, and told", () => {
  const inspection = inspect(requestOf({ host: "127.0.0.1" }));
  assert.equal(inspection.verdict, "accepted");
  assert.deepEqual(kinds(inspection), ["host-spelling", "accepted"]);
  assert.equal(inspection.findings[0]?.values.text, "127.0.0.1");
});

for (const [name, expected, text, values] of [
  ["another host", "difference-host", requestOf({ host: "localhost" }), { signed: "localhost" }],
  [
    "the original's host",
    "difference-host",
    requestOf({ host: "facefusion.tencentcloudapi.com" }),
    { signed: "facefusion.tencentcloudapi.com", sent: "127.0.0.1:8080" },
  ],
  [
    "a body in Python's spelling that went out compact",
    "difference-body-rewritten",
    requestOf({
      body: '{"RspImgType": "url", "MergeInfos": [{"Url": "https://e.com/\\u4e2d/u.jpg"}]}',
    }),
    {},
  ],
  [
    "a body in PHP's spelling",
    "difference-body-rewritten",
    requestOf({
      body: '{"RspImgType":"url","MergeInfos":[{"Url":"https:\\/\\/e.com\\/\\u4e2d\\/u.jpg"}]}',
    }),
    {},
  ],
  ["an empty body", "difference-body-empty", requestOf({ body: "" }), {}],
  [
    "another content type",
    "difference-content-type",
    requestOf({}, { headers: { "Content-Type": "application/json;charset=UTF-8" } }),
    { signed: "application/json", sent: "application/json;charset=UTF-8" },
  ],
  ["another key", "difference-unexplained", requestOf({ secretKey: "other" }), {}],
  [
    "a key with a line break",
    "difference-key-line-break",
    requestOf({ secretKey: `${SECRET_KEY}\n` }),
    {},
  ],
  ["a body changed on the way", "difference-unexplained", requestOf({}, { body: "{}" }), {}],
] as const) {
  test(`finds ${name}`, () => {
    const inspection = inspect(text);
    assert.equal(inspection.verdict, "refused");
    assert.deepEqual(kinds(inspection), [expected]);
    for (const [key, value] of Object.entries(values)) {
      assert.equal(inspection.findings[0]?.values[key], value);
    }
  });
}

const authorization = (change: (text: string) => string): object => ({
  Authorization: change(explainTc3(CALL).headers.Authorization!),
});

for (const [name, expected, text] of [
  [
    "a scope with the date of China",
    ["date-local", "difference-date"],
    requestOf({}, { headers: authorization((a) => a.replace("2026-01-01", "2026-01-02")) }),
  ],
  [
    "a scope with a far date",
    ["date-wrong", "difference-date"],
    requestOf({}, { headers: authorization((a) => a.replace("2026-01-01", "2025-06-01")) }),
  ],
  [
    "a key derived for another service than the scope names",
    ["service-other", "difference-service"],
    requestOf({}, { headers: authorization((a) => a.replace("/facefusion/", "/cvm/")) }),
  ],
  [
    "signed headers in another order",
    ["signed-headers-order"],
    requestOf(
      {},
      { headers: authorization((a) => a.replace("content-type;host", "host;content-type")) },
    ),
  ],
  [
    "signed headers in capitals",
    ["signed-headers-case"],
    requestOf({}, { headers: authorization((a) => a.replace("content-type;", "Content-Type;")) }),
  ],
  [
    "signed headers without the host",
    ["signed-headers-required"],
    requestOf({}, { headers: authorization((a) => a.replace(";host", "")) }),
  ],
  [
    "a signed header that was not sent",
    ["signed-header-missing"],
    requestOf(
      {},
      { headers: authorization((a) => a.replace("x-tc-action,", "x-tc-action;x-tc-trace,")) },
    ),
  ],
  [
    "a signature in capitals",
    ["signature-form", "difference-unexplained"],
    requestOf(
      {},
      {
        headers: authorization((a) =>
          a.replace(/Signature=.*/, (s) => s.toUpperCase().replace("SIGNATURE", "Signature")),
        ),
      },
    ),
  ],
  [
    "a time in milliseconds",
    ["timestamp-milliseconds"],
    requestOf({}, { headers: { "X-TC-Timestamp": `${TIMESTAMP}000` } }),
  ],
  [
    "a missing region",
    ["region-missing", "accepted"],
    requestOf({}, { headers: { "X-TC-Region": undefined } }),
  ],
  ["a missing time", ["server-fault"], requestOf({}, { headers: { "X-TC-Timestamp": undefined } })],
  [
    "an unreadable Authorization",
    ["server-fault"],
    requestOf({}, { headers: { Authorization: "TC3-HMAC-SHA256 x" } }),
  ],
  [
    "a body of another length",
    ["content-length", "difference-unexplained"],
    requestOf({}, { body: "{}", headers: { "Content-Length": "77" } }),
  ],
  ["a lone Authorization line", ["server-fault"], explainTc3(CALL).headers.Authorization!],
  ["nothing", ["raw-empty"], " \n "],
  ["a text that is no request", ["raw-bad-header"], "POST / HTTP/1.1\nthis is nothing"],
] as const) {
  test(`tells ${name}`, () => {
    const inspection = inspect(text);
    assert.deepEqual(kinds(inspection), [...expected]);
    assert.equal(inspection.verdict, "refused");
  });
}

test("an old request is told to be old and looked at all the same", () => {
  const inspection = inspect(requestOf(), { nowMs: (TIMESTAMP + 301) * 1000 });
  assert.deepEqual(kinds(inspection), ["expired", "accepted"]);
  assert.equal(inspection.findings[0]?.values.seconds, "301");
});

test("a SecretId in place of the SecretKey is told", () => {
  const secretKey = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
  assert.deepEqual(kinds(inspect(requestOf(), { secretKey })), ["key-is-id"]);
});

test("the client's own texts tell a wrong key from a changed body", () => {
  const changed = requestOf({}, { body: '{"RspImgType":"base64"}' });
  const mine = explainTc3(CALL);
  const own = { canonicalRequest: mine.canonicalRequest, stringToSign: mine.stringToSign };
  const body = inspect(changed, own);
  assert.deepEqual(kinds(body), ["canonical-differs", "string-differs", "key-right"]);
  const differing = body.comparisons[0]!.lines.filter(({ isSame }) => !isSame);
  assert.equal(differing.length, 1);
  assert.match(differing[0]!.ours!, /^[\da-f]{64}$/);

  const key = inspect(requestOf({ secretKey: "other" }), own);
  assert.deepEqual(kinds(key), ["canonical-same", "string-same", "key-wrong"]);
});

test("pasted line breaks do not spoil a body whose length is known", () => {
  const body = `${BODY}\r\n`;
  const length = { "Content-Length": String(Buffer.byteLength(body)) };
  const text = requestOf({ body }, { body, headers: length });
  assert.equal(inspect(text.replaceAll("\r\n", "\n")).verdict, "accepted");
  assert.equal(inspect(`${requestOf()}\n\n`).verdict, "accepted");
});

test("lines of curl -v are understood", () => {
  const [head, body] = requestOf().split("\n\n");
  const marked = head!
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  assert.equal(inspect(`${marked}\n> \n${body}`).verdict, "accepted");
});

test("a GET is checked by its query", () => {
  const text = requestOf().replace("POST /", "GET /?Limit=10");
  assert.equal(inspect(text).verdict, "refused");
  assert.match(inspect(text).steps!.canonicalRequest!, /^GET\n\/\nLimit=10\n/);
});
