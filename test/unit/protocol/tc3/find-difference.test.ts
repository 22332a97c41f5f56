import assert from "node:assert/strict";
import test from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { sha256Hex } from "../../../../src/protocol/digests.ts";
import { parseAuthorization } from "../../../../src/protocol/tc3/authorization.ts";
import {
  canonicalRequest,
  signingKey,
  stringToSign,
  tc3Signature,
} from "../../../../src/protocol/tc3/tc3-signature.ts";
import { verifyTc3 } from "../../../../src/protocol/tc3/verify-tc3.ts";

const SECRET_KEY = "the-secret-key";
const TIMESTAMP = 1_700_000_000;
const BODY = '{"RspImgType":"url"}';

interface Signed {
  readonly method: string;
  readonly query: string;
  readonly host: string;
  readonly type: string;
  readonly payload: string;
  readonly service: string;
  readonly secretKey: string;
}

const SENT: Signed = {
  method: "POST",
  query: "",
  host: "faces.example:8080",
  type: "application/json",
  payload: BODY,
  service: "facefusion",
  secretKey: SECRET_KEY,
};

/** Signs one thing, sends another, and returns what the log is told. */
function difference(change: Partial<Signed>, sent: Partial<Signed> = {}): string {
  const asSent = { ...SENT, ...sent };
  const signed = { ...asSent, ...change };
  const scope = { date: "2023-11-14", service: signed.service };
  const canonical = canonicalRequest({
    method: signed.method,
    query: signed.query,
    headers: [
      ["content-type", signed.type],
      ["host", signed.host],
    ],
    payloadSha256: sha256Hex(signed.payload),
  });
  const text = stringToSign(String(TIMESTAMP), scope, canonical);
  const signature = tc3Signature(signingKey(signed.secretKey, scope), text);
  const header = `TC3-HMAC-SHA256 Credential=AKIDx/2023-11-14/${asSent.service}/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`;
  try {
    verifyTc3(
      {
        method: asSent.method,
        query: asSent.query,
        headers: new Map([
          ["content-type", asSent.type],
          ["host", asSent.host],
          ["x-tc-region", "ap-guangzhou"],
          ["x-forwarded-host", "public.example"],
        ]),
        body: Buffer.from(asSent.payload),
        bodySha256: sha256Hex(asSent.payload),
        timestampText: String(TIMESTAMP),
        timestamp: TIMESTAMP,
        authorization: parseAuthorization(header),
        allowsUnsignedPayload: true,
      },
      SECRET_KEY,
    );
    return "none";
  } catch (error) {
    assert.ok(isAppError(error), String(error));
    assert.equal(JSON.stringify(error.details).includes(SECRET_KEY), false);
    assert.match(String(error.details.payloadSha256), /^[\da-f]{64}$/);
    return String(error.details.why);
  }
}

const GET = { method: "GET", query: "b=%201&a=2", payload: "" };

for (const [name, told, change, sent] of [
  ["nothing", "none", {}],
  ["an empty body", "body: signed as empty", { payload: "" }],
  [
    "an unsigned body",
    "body: signed as UNSIGNED-PAYLOAD without the header that says so",
    { payload: "UNSIGNED-PAYLOAD" },
  ],
  [
    "a body with a line break",
    "body: signed with a line break at its end",
    { payload: `${BODY}\n` },
  ],
  [
    "a body without its line break",
    "body: signed without the blanks around it",
    { payload: BODY },
    { payload: `${BODY}\n` },
  ],
  [
    "the host before a proxy",
    "host: signed as public.example, sent as faces.example:8080",
    { host: "public.example" },
  ],
  [
    "the original's host",
    "host: signed as facefusion.tencentcloudapi.com, sent as faces.example:8080",
    { host: "facefusion.tencentcloudapi.com" },
  ],
  [
    "a charset",
    "content-type: signed as application/json; charset=utf-8, sent as application/json",
    { type: "application/json; charset=utf-8" },
  ],
  ["another method", "method: signed as GET", { method: "GET" }],
  ["no query", "query: signed as empty", { query: "" }, GET],
  ["a sorted query", "query: signed in another order", { query: "a=2&b=%201" }, GET],
  ["a decoded query", "query: signed decoded", { query: "b= 1&a=2" }, GET],
  [
    "another service",
    "service: derived for facefusion, sent as cvm",
    { service: "facefusion" },
    { service: "cvm" },
  ],
  [
    "a key read with its line break",
    "SecretKey: with a line break at its end",
    { secretKey: `${SECRET_KEY}\n` },
  ],
  ["another key", "SecretKey, body or another signed header", { secretKey: "another" }],
  ["another body", "SecretKey, body or another signed header", { payload: "{}" }],
] as const) {
  test(`a client that signs ${name} makes the log say: ${told}`, () => {
    assert.equal(difference(change, sent ?? {}), told);
  });
}
