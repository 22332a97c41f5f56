import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import type { Tc3Options } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

const BODY = JSON.stringify({
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  MergeInfos: [{ Image: "QUFBQQ==" }],
});
/** Noon UTC, so that 300 s around it lie on one day. */
const NOW = Date.UTC(2026, 0, 15, 12) / 1000;

let gateway: Gateway;
let nowMs = NOW * 1000;
before(async () => {
  gateway = await startGateway({ nowMs: () => nowMs });
});
after(() => gateway[Symbol.asyncDispose]());

async function told(options: Tc3Options = {}, key = gateway.key, at = gateway): Promise<string> {
  const answer = await sendTc3(at.address, key, { body: BODY, timestamp: NOW, ...options });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/json");
  const envelope = envelopeOf(answer);
  assert.match(
    envelope.RequestId,
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  return envelope.Error?.Code ?? "accepted";
}

const MISMATCH = "AuthFailure.SignatureFailure";
const MALFORMED = "AuthFailure.InvalidAuthorization";
const EXPIRED = "AuthFailure.SignatureExpire";
const NOT_FOUND = "AuthFailure.SecretIdNotFound";

const host = (): string => new URL(gateway.address).host;
const hostname = (): string => new URL(gateway.address).hostname;

/** Ids as in the project's corpus of signature cases. */
const CASES: readonly (readonly [name: string, options: () => Tc3Options, code: string])[] = [
  ["A-01 the documented minimum", () => ({}), "accepted"],
  [
    "A-02 the action signed in lower case",
    () => ({ signed: { names: ["content-type", "host", "x-tc-action"] } }),
    "accepted",
  ],
  [
    "A-04 the action signed as it is",
    () => ({
      signed: {
        names: ["content-type", "host", "x-tc-action"],
        values: { "x-tc-action": "FuseFaceUltra" },
      },
    }),
    "accepted",
  ],
  [
    "A-05 a charset, signed as sent",
    () => ({ headers: { "Content-Type": "application/json; charset=utf-8" } }),
    "accepted",
  ],
  [
    "A-07 two blanks after the algorithm and none behind commas",
    () => ({ authorization: (text) => text.replace("256 ", "256  ").replaceAll(", ", ",") }),
    "accepted",
  ],
  [
    "A-08 the host signed without its port",
    () => ({ signed: { values: { host: hostname() } } }),
    "accepted",
  ],
  [
    "A-08 a host with a scheme, sent and signed",
    () => ({ headers: { Host: `http://${host()}` } }),
    "accepted",
  ],
  ["A-09 another service in the scope", () => ({ signed: { service: "127" } }), "accepted"],
  ["A-10 299 s behind", () => ({ timestamp: NOW - 299 }), "accepted"],
  ["A-10 299 s ahead", () => ({ timestamp: NOW + 299 }), "accepted"],
  ["A-11 301 s behind", () => ({ timestamp: NOW - 301 }), EXPIRED],
  ["A-11 301 s ahead", () => ({ timestamp: NOW + 301 }), EXPIRED],
  ...["0", "-1", "1e9", "12abc", "1.5", "9".repeat(20), "+1768478400", "0x10"].map(
    (text) =>
      [`A-12 the timestamp ${text}`, () => ({ timestamp: text }), "InvalidParameterValue"] as const,
  ),
  ["A-12 an empty timestamp", () => ({ timestamp: "" }), "MissingParameter"],
  ["A-13 milliseconds", () => ({ timestamp: NOW * 1000 }), EXPIRED],
  ["A-14 no timestamp", () => ({ headers: { "X-TC-Timestamp": undefined } }), "MissingParameter"],
  ["A-15 yesterday's date in the scope", () => ({ signed: { date: "2026-01-14" } }), MISMATCH],
  ["A-15 tomorrow's date in the scope", () => ({ signed: { date: "2026-01-16" } }), MISMATCH],
  ["A-17 another terminator", () => ({ signed: { terminator: "aws4_request" } }), MALFORMED],
  ["A-17 an empty service", () => ({ signed: { service: "" } }), MALFORMED],
  [
    "A-19 an upper-case signature",
    () => ({
      authorization: (text) =>
        text.replace(/Signature=\w+/, (part) => `Signature=${part.slice(10).toUpperCase()}`),
    }),
    MISMATCH,
  ],
  [
    "A-19 a signature of 63 digits",
    () => ({ authorization: (text) => text.slice(0, -1) }),
    MISMATCH,
  ],
  ["A-19 a signature of 65 digits", () => ({ authorization: (text) => `${text}0` }), MISMATCH],
  [
    "A-19 an empty signature",
    () => ({ authorization: (text) => text.replace(/Signature=\w+/, "Signature=") }),
    MISMATCH,
  ],
  ["A-22 a changed body", () => ({ signed: { payload: `${BODY} ` } }), MISMATCH],
  ["A-25 an unsigned host", () => ({ signed: { names: ["content-type"] } }), MISMATCH],
  ["A-26 an unsigned content type", () => ({ signed: { names: ["host"] } }), MISMATCH],
  [
    "A-26 a content type changed after signing",
    () => ({ signed: { values: { "content-type": "application/json; charset=utf-8" } } }),
    MISMATCH,
  ],
  ["A-27 unsorted names", () => ({ signed: { names: ["host", "content-type"] } }), MISMATCH],
  [
    "A-27 a repeated name",
    () => ({ signed: { names: ["content-type", "host", "host"] } }),
    MISMATCH,
  ],
  ["A-27 no names", () => ({ signed: { names: [] } }), MISMATCH],
  [
    "A-27 an upper-case name",
    () => ({
      signed: { names: ["Content-Type", "host"], values: { "Content-Type": "application/json" } },
    }),
    MISMATCH,
  ],
  [
    "A-27 the name of a header that was not sent",
    () => ({ signed: { names: ["content-type", "host", "x-missing"] } }),
    MISMATCH,
  ],
  [
    "A-27 a thousand names",
    () => ({
      signed: { names: Array.from({ length: 1000 }, (_, i) => `x-${String(i).padStart(4, "0")}`) },
    }),
    MISMATCH,
  ],
  [
    "A-28 Authorization among the signed headers",
    () => ({ signed: { names: ["authorization", "content-type", "host"] } }),
    MISMATCH,
  ],
  ...["none", "TC3-HMAC-SHA1", "TC3-HMAC-SHA512", "AWS4-HMAC-SHA256", "Bearer", "SKIP"].map(
    (word) =>
      [
        `A-29 the algorithm ${word}`,
        () => ({ authorization: (text: string) => text.replace("TC3-HMAC-SHA256", word) }),
        MALFORMED,
      ] as const,
  ),
  ["A-34 no Authorization", () => ({ authorization: () => undefined }), "MissingParameter"],
  ["A-34 an empty Authorization", () => ({ authorization: () => "" }), "MissingParameter"],
  ["A-34 two of them", () => ({ authorization: (text) => [text, text] }), MALFORMED],
  ["A-34 one of 16 KB", () => ({ authorization: () => "x".repeat(16_384) }), MALFORMED],
  [
    "A-36 an unsigned payload",
    () => ({
      headers: { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" },
      signed: { payload: "UNSIGNED-PAYLOAD" },
    }),
    "accepted",
  ],
  [
    "A-37 a token that belongs to no key",
    () => ({ headers: { "X-TC-Token": "t" } }),
    "AuthFailure.TokenFailure",
  ],
  [
    "A-38 a region changed after signing",
    () => ({ headers: { "X-TC-Region": "ap-shanghai" } }),
    "accepted",
  ],
  ["A-40 an absolute target", () => ({ target: `http://${host()}/` }), "accepted"],
  [
    "A-40 an absolute target of another host",
    () => ({ target: "http://example.com/" }),
    "InvalidParameter",
  ],
  ["A-41 the target /?", () => ({ target: "/?" }), "accepted"],
  ["A-42 another path", () => ({ target: "/x" }), "InvalidAction"],
  ["A-42 two slashes", () => ({ target: "//" }), "InvalidAction"],
  ["A-42 a query on a POST", () => ({ target: "/?a=b" }), "InvalidAction"],
  ["A-43 PUT", () => ({ method: "PUT" }), "UnsupportedProtocol"],
  ["A-43 DELETE", () => ({ method: "DELETE", body: "" }), "UnsupportedProtocol"],
  ["A-45 a chunked body", () => ({ headers: { "Transfer-Encoding": "chunked" } }), "accepted"],
  ["an unknown version", () => ({ headers: { "X-TC-Version": "2018-12-01" } }), "NoSuchVersion"],
  ["an unknown action", () => ({ headers: { "X-TC-Action": "FuseFaceultra" } }), "InvalidAction"],
  ["no action", () => ({ headers: { "X-TC-Action": undefined } }), "MissingParameter"],
  ["no region", () => ({ headers: { "X-TC-Region": undefined } }), "MissingParameter"],
  ["an empty region", () => ({ headers: { "X-TC-Region": "" } }), "MissingParameter"],
  [
    "a region that is none",
    () => ({ headers: { "X-TC-Region": "../x" } }),
    "InvalidParameterValue",
  ],
  [
    "A-06 header names in lower case",
    () => ({
      headers: {
        "X-TC-Action": undefined,
        "x-tc-action": "FuseFaceUltra",
        "X-TC-Region": undefined,
        "x-tc-region": "ap-guangzhou",
      },
    }),
    "accepted",
  ],
];

for (const [name, options, code] of CASES) {
  test(`${name}: ${code}`, async () => {
    assert.equal(await told(options()), code);
  });
}

test("A-16 both sides of midnight UTC are accepted", async () => {
  const midnight = Date.UTC(2026, 0, 16) / 1000;
  nowMs = midnight * 1000;
  try {
    for (const timestamp of [midnight - 1, midnight, midnight + 1]) {
      assert.equal(await told({ timestamp }), "accepted");
    }
  } finally {
    nowMs = NOW * 1000;
  }
});

test("A-18 another key is refused", async () => {
  const { secretId, secretKey } = gateway.key;
  for (const wrong of [`${secretKey} `, `${secretKey}\n`, secretKey.toLowerCase(), "x"]) {
    assert.equal(await told({}, { secretId, secretKey: wrong }), MISMATCH);
  }
});

test("A-30 an unknown SecretId is told as such", async () => {
  assert.equal(await told({}, { ...gateway.key, secretId: "AKIDunknown" }), NOT_FOUND);
});

for (const [id, code] of [
  ["a/b", MALFORMED],
  ["..", NOT_FOUND],
  ["A".repeat(10_240), MALFORMED],
  ["'OR'1'='1", NOT_FOUND],
  ["__proto__", NOT_FOUND],
  ["constructor", NOT_FOUND],
] as const) {
  test(`A-32 the SecretId ${id.slice(0, 20)} is refused: ${code}`, async () => {
    assert.equal(await told({}, { ...gateway.key, secretId: id }), code);
  });
}

for (const [name, value] of [
  ["X-TC-Timestamp", String(NOW)],
  ["Content-Type", "application/json"],
  ["X-TC-Action", "FuseFaceUltra"],
] as const) {
  test(`A-35 a second ${name} is refused, even the same`, async () => {
    const signed = { values: { "content-type": "application/json" } };
    assert.equal(await told({ headers: { [name]: [value, value] }, signed }), MALFORMED);
  });
}

test("the gateway's messages follow X-TC-Language", async () => {
  const options = { body: BODY, timestamp: NOW - 1000 };
  const messageIn = async (language?: string) => {
    const headers = { "X-TC-Language": language };
    const answer = await sendTc3(gateway.address, gateway.key, { ...options, headers });
    return envelopeOf(answer).Error?.Message ?? "";
  };
  assert.match(await messageIn("zh-CN"), /签名过期/);
  assert.match(await messageIn("en-US"), /The signature is expired/);
  assert.match(await messageIn(undefined), /The signature is expired/);
});

test("the log tells an operator the digests of a signature that does not fit, and no secret", async () => {
  await told({ signed: { payload: "other" } });
  const line = gateway.log.at(-1)!;
  assert.equal(line.reason, "signature-mismatch");
  assert.match(JSON.stringify(line.details), /"stringToSignSha256":"[\da-f]{64}"/);
  assert.equal(JSON.stringify(gateway.log).includes(gateway.key.secretKey), false);
  assert.equal(JSON.stringify(gateway.log).includes(gateway.key.secretId), false);
});

test("the strict scope takes facefusion only", async () => {
  await using strict = await startGateway({
    environment: { FACELOOM_STRICT_SCOPE: "true" },
    nowMs: () => nowMs,
  });
  assert.equal(await told({}, strict.key, strict), "accepted");
  assert.equal(await told({ signed: { service: "127" } }, strict.key, strict), MALFORMED);
});

test("unsigned payloads and calls without a region are a matter of settings", async () => {
  await using other = await startGateway({
    environment: { FACELOOM_ALLOW_UNSIGNED_PAYLOAD: "false", FACELOOM_REQUIRE_REGION: "false" },
    nowMs: () => nowMs,
  });
  const headers = { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" };
  const signed = { payload: "UNSIGNED-PAYLOAD" };
  assert.equal(await told({ headers, signed }, other.key, other), MISMATCH);
  assert.equal(await told({ headers: { "X-TC-Region": undefined } }, other.key, other), "accepted");
});

test("calls over the rate are refused with the original's sentence", async () => {
  await using limited = await startGateway({
    environment: { FACELOOM_RATE_PER_SECOND: "1" },
    nowMs: () => nowMs,
  });
  assert.equal(await told({}, limited.key, limited), "accepted");
  assert.equal(await told({}, limited.key, limited), "RequestLimitExceeded");
  // Another region is counted for itself.
  const headers = { "X-TC-Region": "ap-beijing" };
  assert.equal(await told({ headers }, limited.key, limited), "accepted");
});
