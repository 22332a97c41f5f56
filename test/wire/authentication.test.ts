import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before } from "node:test";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import { generateKeyPair, generateTemporaryKey } from "../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import { createCorpus } from "../support/corpus.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { sendRaw } from "../support/send-raw.ts";
import type { Tc3Options } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";
import type { V1Options } from "../support/v1-client.ts";
import { sendV1 } from "../support/v1-client.ts";

const BODY = JSON.stringify({
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  MergeInfos: [{ Image: "QUFBQQ==" }],
});
/** Noon UTC, so that 300 s around it lie on one day. */
const NOW = Date.UTC(2026, 0, 15, 12) / 1000;

/** Ids are those of the project's corpus of signature cases. */
const { test, report } = createCorpus("A", 48, {
  "A-31": "in mac-timing.test.ts",
  "A-48": "in mutations.test.ts",
});

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

/** The GET form of {@link BODY}. */
const QUERY = "RspImgType=base64&ModelImage=QUFBQQ%3D%3D&MergeInfos.0.Image=QUFBQQ%3D%3D";
const getOf = (query: string): Tc3Options => ({
  method: "GET",
  target: `/?${query}`,
  body: "",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
});

/** The UTF-8 bytes of a text as Node's client puts them into a header. */
const latin1 = (text: string): string => Buffer.from(text).toString("latin1");

const authorizationOf = (secretId: string, date = "2026-01-15"): string =>
  `TC3-HMAC-SHA256 Credential=${secretId}/${date}/facefusion/tc3_request, SignedHeaders=content-type;host, Signature=${"0".repeat(64)}`;

const host = (): string => new URL(gateway.address).host;
const hostname = (): string => new URL(gateway.address).hostname;

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
  [
    "A-03 a header of mixed case, signed in lower case",
    () => ({
      headers: { "X-Custom": "MiXed" },
      signed: { names: ["content-type", "host", "x-custom"] },
    }),
    "accepted",
  ],
  [
    "A-06 header names in upper case",
    () => ({
      headers: {
        "X-TC-Action": undefined,
        "X-TC-ACTION": "FuseFaceUltra",
        "Content-Type": undefined,
        "CONTENT-TYPE": "application/json",
      },
    }),
    "accepted",
  ],
  [
    "A-12 Arabic digits",
    () => ({ timestamp: latin1("\u0661\u0662\u0663") }),
    "InvalidParameterValue",
  ],
  ...[
    ["four parts", "/facefusion/tc3_request/x"],
    ["two parts", ""],
    ["no terminator", "/facefusion"],
    ["a longer terminator", "/facefusion/tc3_request2"],
  ].map(
    ([name, end]) =>
      [
        `A-17 a scope with ${name}`,
        () => ({
          authorization: (text: string) => text.replace("/facefusion/tc3_request", end ?? ""),
        }),
        MALFORMED,
      ] as const,
  ),
  ...[
    ["in base64", "3q2+7w=="],
    ["of zeros", "0".repeat(64)],
    ["with a Cyrillic letter", latin1(`\u0430${"a".repeat(63)}`)],
  ].map(
    ([name, signature]) =>
      [
        `A-19 a signature ${name}`,
        () => ({
          authorization: (text: string) => text.replace(/Signature=\w+/, `Signature=${signature}`),
        }),
        MISMATCH,
      ] as const,
  ),
  [
    "A-22 a body without its first blank",
    () => ({ body: ` ${BODY}`, signed: { payload: BODY } }),
    MISMATCH,
  ],
  [
    "A-22 the same members in another order",
    () => ({
      body: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(BODY)).reverse())),
      signed: { payload: BODY },
    }),
    MISMATCH,
  ],
  ...["NONE", "Basic", ""].map(
    (word) =>
      [
        `A-29 the algorithm "${word}"`,
        () => ({ authorization: (text: string) => text.replace("TC3-HMAC-SHA256", word) }),
        MALFORMED,
      ] as const,
  ),
  [
    "A-36 an unsigned payload, changed on the way",
    () => ({
      body: BODY.replace("base64", "url"),
      headers: { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" },
      signed: { payload: "UNSIGNED-PAYLOAD" },
    }),
    "accepted",
  ],
  [
    "A-38 an action changed after signing is the action, whose parameters are others",
    () => ({ headers: { "X-TC-Action": "DescribeMaterialList" } }),
    "UnknownParameter",
  ],
  [
    "A-38 a version changed after signing",
    () => ({ headers: { "X-TC-Version": "2000-01-01" } }),
    "NoSuchVersion",
  ],
  ["A-39 a GET by its raw query", () => getOf(QUERY), "accepted"],
  [
    "A-39 a GET whose query was signed in another order",
    () => ({ ...getOf(QUERY), signed: { query: QUERY.split("&").reverse().join("&") } }),
    MISMATCH,
  ],
  [
    "A-39 a GET whose query was signed encoded twice",
    () => ({ ...getOf(QUERY), signed: { query: QUERY.replaceAll("%", "%25") } }),
    MISMATCH,
  ],
  [
    "A-39 a GET of 33 KB",
    () => getOf(`${QUERY}&x=${"x".repeat(33_000)}`),
    "RequestSizeLimitExceeded",
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
  [latin1("AKID\u202e\u{1f600}"), NOT_FOUND],
  ["A".repeat(128), NOT_FOUND],
  ["A".repeat(129), MALFORMED],
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

test("A-36 a GET may say that its payload is unsigned, as two clients do; its query is signed all the same", async () => {
  const unsigned = (query: string): Tc3Options => ({
    ...getOf(query),
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD",
    },
    signed: { payload: "UNSIGNED-PAYLOAD", query: QUERY },
  });
  assert.equal(await told(unsigned(QUERY)), "accepted");
  assert.equal(await told(unsigned(QUERY.replace("base64", "url"))), MISMATCH);
});

test("A-36 the log tells calls that did not sign their body", async () => {
  const headers = { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" };
  assert.equal(await told({ headers, signed: { payload: "UNSIGNED-PAYLOAD" } }), "accepted");
  assert.equal(gateway.log.at(-1)?.isPayloadSigned, false);
  assert.equal(await told(), "accepted");
  assert.equal("isPayloadSigned" in gateway.log.at(-1)!, false);
});

test("A-20 an exact replay is accepted a second and 200 s later", async () => {
  const codes: string[] = [];
  try {
    for (const seconds of [0, 1, 200]) {
      nowMs = (NOW + seconds) * 1000;
      codes.push(await told());
    }
  } finally {
    nowMs = NOW * 1000;
  }
  assert.deepEqual(codes, ["accepted", "accepted", "accepted"]);
});

test("A-20 with replays refused, a call is taken once in 300 s and told to sign again", async () => {
  let serverMs = NOW * 1000;
  await using strict = await startGateway({
    environment: { FACELOOM_REPLAYS: "reject" },
    nowMs: () => serverMs,
  });
  const at = (seconds: number, options: Tc3Options = {}): Promise<string> => {
    serverMs = (NOW + seconds) * 1000;
    return told(options, strict.key, strict);
  };
  assert.equal(await at(0), "accepted");
  assert.deepEqual([await at(0), await at(1), await at(200)], [EXPIRED, EXPIRED, EXPIRED]);
  assert.equal(await at(300), EXPIRED);
  // Unsigned headers do not make another call of it; a signature of another second does.
  assert.equal(await at(1, { headers: { "X-TC-Region": "ap-beijing" } }), EXPIRED);
  assert.equal(await at(1, { timestamp: NOW + 1 }), "accepted");
  assert.equal(await at(2, { signed: { payload: "other" } }), MISMATCH);
  assert.equal(strict.jobs.length, 2);
  const v1 = (Nonce: string): Promise<string> =>
    toldV1({ parameters: { Nonce } }, strict.key, strict);
  assert.deepEqual(
    [await v1("1"), await v1("1"), await v1("2")],
    ["accepted", EXPIRED, "accepted"],
  );
});

test("A-23 of 50 replays at once on two servers that share a folder, exactly one is accepted", async () => {
  const environment = { FACELOOM_REPLAYS: "reject" };
  await using one = await startGateway({ environment, nowMs: () => nowMs });
  await using other = await startGateway({ environment, nowMs: () => nowMs, dataDir: one.dataDir });
  // Without the port the two have the same host, so that one signature fits both.
  const replay: Tc3Options = { signed: { values: { host: hostname() } } };
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => told(replay, one.key, i % 2 ? one : other)),
  );
  const count = (code: string): number => codes.filter((one) => one === code).length;
  assert.deepEqual([count("accepted"), count(EXPIRED)], [1, 49]);
  assert.equal(one.jobs.length + other.jobs.length, 1);
});

test("A-21 a replay after 601 s is refused", async () => {
  nowMs = (NOW + 601) * 1000;
  try {
    assert.equal(await told(), EXPIRED);
  } finally {
    nowMs = NOW * 1000;
  }
});

for (const [name, head] of [
  ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n"],
  ["a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"],
  ["a folded header", "X-A: 1\r\n 2\r\n"],
  ["a NUL", "X-A: \0\r\n"],
  ["a NUL in the SecretId", `Authorization: ${authorizationOf("AKID\0x")}\r\n`],
  ["a bare line feed behind a header", "X-A: 1\nX-B: 2\r\n"],
  ["bare line feeds for an empty line", "X-A: 1\n\n"],
] as const) {
  test(`A-44 a request with ${name} is cut off with 400`, async () => {
    const answer = await sendRaw(gateway.address, `POST / HTTP/1.1\r\nHost: a\r\n${head}\r\n{}`);
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /connection: close/i);
  });
}

test("A-24 a body that stops before its length, or goes on behind it, is not taken for a call", async () => {
  const jobs = gateway.jobs.length;
  const head = (length: number): string =>
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nX-TC-Action: FuseFaceUltra\r\nX-TC-Version: 2022-09-27\r\nX-TC-Region: ap-guangzhou\r\nX-TC-Timestamp: ${NOW}\r\nAuthorization: ${authorizationOf(gateway.key.secretId)}\r\nContent-Length: ${length}\r\n\r\n`;
  assert.match(
    await sendRaw(gateway.address, `${head(5)}${BODY}`),
    /SignatureFailure|^HTTP\/1\.1 400 /,
  );
  const { hostname, port } = new URL(gateway.address);
  const socket = connect(Number(port), hostname);
  socket.end(`${head(1000)}${BODY}`);
  socket.resume();
  await once(socket, "close");
  assert.equal(gateway.jobs.length, jobs);
  assert.equal(await told(), "accepted");
});

test("A-35 a second Host is refused", async () => {
  const answer = await sendRaw(
    gateway.address,
    "POST / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
  );
  assert.match(answer, /InvalidAuthorization|^HTTP\/1\.1 400 /);
});

for (const method of ["OPTIONS", "TRACE", "PATCH"]) {
  test(`A-43 ${method} is no method of the API and gets no CORS headers`, async () => {
    const answer = await sendRaw(
      gateway.address,
      `${method} / HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /UnsupportedProtocol/);
    assert.doesNotMatch(answer, /access-control/i);
  });
}

test("A-43 HEAD and CONNECT get nothing", async () => {
  const head = "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  assert.match(await sendRaw(gateway.address, head), /\r\n\r\n$/);
  assert.equal(await sendRaw(gateway.address, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"), "");
});

test("A-30 the log tells beginning and length of a SecretId that is not known, in both families", async () => {
  const { secretId, secretKey } = gateway.key;
  const shown = (): unknown => (gateway.log.at(-1)!.details as { secretId?: string }).secretId;
  assert.equal(await told({}, { secretId: secretKey, secretKey: secretId }), NOT_FOUND);
  assert.equal(shown(), "Gu5t... of 32 characters");
  assert.equal(await toldV1({ parameters: { SecretId: ` ${secretId}` } }), NOT_FOUND);
  assert.equal(shown(), " AKI... of 37 characters");
  assert.equal(JSON.stringify(gateway.log).includes(secretKey), false);
});

test("A-30 a removed key is unknown at once", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  const id = await book.create("other", { ...USUAL_TERMS, rates: {} });
  const pair = generateKeyPair();
  await book.addPair(id, pair);
  assert.equal(await told({}, pair), "accepted");
  await book.removeKey(id, pair.secretId);
  assert.equal(await told({}, pair), NOT_FOUND);
});

test("A-33 a key of one account does not sign for the SecretId of another", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  const id = await book.create("third", { ...USUAL_TERMS, rates: {} });
  const pair = generateKeyPair();
  await book.addPair(id, pair);
  assert.equal(await told({}, { ...pair, secretKey: gateway.key.secretKey }), MISMATCH);
});

test("A-37 a temporary key needs its own token, in both families", async () => {
  await using book = await createSqliteAccountBook(gateway.dataDir);
  const id = await book.create("temporary", { ...USUAL_TERMS, rates: {} });
  const key = generateTemporaryKey(Date.now() + 1e12);
  await book.addTemporaryKey(id, key);
  const withToken = (token: string): Tc3Options => ({ headers: { "X-TC-Token": token } });
  assert.equal(await told(withToken(key.token), key), "accepted");
  assert.equal(await told(withToken(`${key.token}x`), key), "AuthFailure.TokenFailure");
  assert.equal(await told({}, key), "AuthFailure.TokenFailure");
  assert.equal(await toldV1({ parameters: { Token: key.token } }, key), "accepted");
  assert.equal(await toldV1({}, key), "AuthFailure.TokenFailure");
  await book.change(id, { allowedActions: [] });
  assert.equal(await told(withToken(key.token), key), "AuthFailure.UnauthorizedOperation");
});

/** Sends the head of a call and waits; its body of a megabyte never comes. */
async function answerToHead(head: Readonly<Record<string, string>>): Promise<string> {
  const lines = Object.entries({
    Host: "a",
    "Content-Type": "application/json",
    "Content-Length": "900000",
    "X-TC-Action": "FuseFaceUltra",
    "X-TC-Version": "2022-09-27",
    "X-TC-Region": "ap-guangzhou",
    "X-TC-Timestamp": String(NOW),
    ...head,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { hostname, port } = new URL(gateway.address);
  const socket = connect(Number(port), hostname);
  socket.setEncoding("latin1");
  socket.write(`POST / HTTP/1.1\r\n${lines.join("")}\r\n`);
  const [answer] = await once(socket, "data");
  socket.destroy();
  return String(answer);
}

test("A-46 a stranger is told so before its body is sent, and is not asked to continue", async () => {
  for (const expect of [{}, { Expect: "100-continue" }]) {
    const head = { ...expect, Authorization: authorizationOf("AKIDunknown") };
    const answer = await answerToHead({ ...head, "X-TC-Language": "zh-CN" });
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(answer, /AuthFailure\.SecretIdNotFound/);
    assert.equal(/^connection: close/im.test(answer), "Expect" in expect);
  }
});

test("A-46 other faults of the headers are told before the body too, in the chain's order", async () => {
  const Authorization = authorizationOf(gateway.key.secretId);
  for (const [head, code] of [
    [{}, "MissingParameter"],
    [{ Authorization: "x" }, "AuthFailure.InvalidAuthorization"],
    [{ Authorization, "X-TC-Token": "x" }, "AuthFailure.TokenFailure"],
    [{ Authorization, "X-TC-Timestamp": "1700000000" }, "AuthFailure.SignatureExpire"],
    [{ Authorization, "Content-Length": "90000000" }, "RequestSizeLimitExceeded"],
  ] as const) {
    assert.ok((await answerToHead({ Expect: "100-continue", ...head })).includes(code), code);
  }
});

test("A-46 a caller with a known SecretId is asked to continue", async () => {
  const Authorization = authorizationOf(gateway.key.secretId);
  const answer = await answerToHead({ Expect: "100-continue", Authorization });
  assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n/);
});

const V1_PARAMETERS = {
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  "MergeInfos.0.Image": "QUFBQQ==",
};

async function toldV1(options: V1Options, key = gateway.key, at = gateway): Promise<string> {
  const parameters = { ...V1_PARAMETERS, Timestamp: String(NOW), ...options.parameters };
  const answer = await sendV1(at.address, key, { ...options, parameters });
  assert.equal(answer.status, 200);
  return envelopeOf(answer).Error?.Code ?? "accepted";
}

for (const [name, code, options] of [
  ["HmacSHA1 without being named, by GET", "accepted", {}],
  ["HmacSHA1 without being named, by POST", "accepted", { method: "POST" }],
  ...(["HmacSHA1", "HmacSHA256"] as const).flatMap((SignatureMethod) =>
    (["GET", "POST"] as const).map((method) => {
      const hash = SignatureMethod === "HmacSHA1" ? ("sha1" as const) : ("sha256" as const);
      const options: V1Options = { method, hash, parameters: { SignatureMethod } };
      return [`${SignatureMethod} by ${method}`, "accepted", options] as const;
    }),
  ),
  ["a line break behind the signature", "accepted", { signature: (text) => `${text}\n` }],
  ["the host signed without its port", "accepted", { signedHost: "127.0.0.1" }],
  [
    "a charset behind the type of the form",
    "accepted",
    {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
    },
  ],
  ["another hash than the named one", MISMATCH, { hash: "sha256" }],
  ["an unknown method", "InvalidParameterValue", { parameters: { SignatureMethod: "MD5" } }],
  ["a nonce of letters", "InvalidParameter", { parameters: { Nonce: "x" } }],
  ["no nonce", "MissingParameter", { parameters: { Nonce: undefined } }],
  ["no region", "MissingParameter", { parameters: { Region: undefined } }],
  ["an empty region", "MissingParameter", { parameters: { Region: "" } }],
  ["an old timestamp", EXPIRED, { parameters: { Timestamp: String(NOW - 301) } }],
  ["an unknown SecretId", NOT_FOUND, { parameters: { SecretId: "AKIDunknown" } }],
  ["a NUL in the SecretId", NOT_FOUND, { parameters: { SecretId: "AKID\0x" } }],
  ["a SecretId of 10 KB", NOT_FOUND, { parameters: { SecretId: "A".repeat(10_240) } }],
  ["a value changed after signing", MISMATCH, { afterwards: { RspImgType: "url" } }],
  ["a parameter added after signing", MISMATCH, { afterwards: { LogoAdd: "0" } }],
  ["an empty signature", "MissingParameter", { signature: () => "" }],
  [
    "a body over 1 MiB",
    MISMATCH,
    { method: "POST", parameters: { ModelImage: "A".repeat(1_100_000) } },
  ],
] as readonly (readonly [name: string, code: string, options: V1Options])[]) {
  test(`A-47 v1 with ${name}: ${code}`, async () => {
    assert.equal(await toldV1(options), code);
  });
}

test("A-47 the same nonce is accepted twice, as by the original", async () => {
  assert.deepEqual([await toldV1({}), await toldV1({})], ["accepted", "accepted"]);
});

test("A-47 a server that takes no v1 signatures says what to use, in both languages, and takes TC3", async () => {
  await using modern = await startGateway({
    environment: { FACELOOM_ALLOW_V1_SIGNATURE: "false" },
    nowMs: () => nowMs,
  });
  for (const method of ["GET", "POST"] as const) {
    for (const [Language, message] of [
      [
        "en-US",
        "The provided credentials could not be validated, please use new signature method `TC3-HMAC-SHA256`.",
      ],
      ["zh-CN", "请求签名验证失败，请使用签名方法 `TC3-HMAC-SHA256`。"],
    ] as const) {
      const parameters = { ...V1_PARAMETERS, Timestamp: String(NOW), Language };
      const answer = await sendV1(modern.address, modern.key, { method, parameters });
      assert.deepEqual(envelopeOf(answer).Error, { Code: MISMATCH, Message: message });
    }
  }
  assert.equal(await told({}, modern.key, modern), "accepted");
  assert.equal(await told(getOf(QUERY), modern.key, modern), "accepted");
});

test("A-47 the log names the part of a v1 signature that differs, and no secret", async () => {
  assert.equal(await toldV1({ signedHost: "facefusion.tencentcloudapi.com" }), MISMATCH);
  const { details } = gateway.log.at(-1) as { readonly details: Record<string, string> };
  assert.match(details.why ?? "", /^host: signed as facefusion\.tencentcloudapi\.com, sent as /);
  assert.match(details.stringToSignSha256 ?? "", /^[\da-f]{64}$/);
  assert.equal(JSON.stringify(gateway.log).includes(gateway.key.secretKey), false);
});

report();
