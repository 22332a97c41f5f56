import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";
import { inspectRequest } from "../../../../console/src/signature/inspect-request.ts";
import type { Inspection, InspectionInput } from "../../../../console/src/signature/inspection.ts";

const SECRET_KEY = "the-secret-key";
const TIMESTAMP = 1_767_225_600;
const PAIRS: Readonly<Record<string, string>> = {
  Action: "FuseFaceUltra",
  "MergeInfos.0.Url": "https://e.com/a b+c.jpg",
  Nonce: "11886",
  Region: "ap-guangzhou",
  SecretId: "AKIDx",
  SignatureMethod: "HmacSHA256",
  Timestamp: String(TIMESTAMP),
  Version: "2022-09-27",
};

/** Signed as the documents say, written apart from the product's own signer. */
function textOf(host = "127.0.0.1:8080", method = "GET", pairs = PAIRS): string {
  const joined = Object.keys(pairs)
    .toSorted()
    .map((name) => `${name}=${pairs[name]}`)
    .join("&");
  return `${method}${host}/?${joined}`;
}

function sign(text: string, key = SECRET_KEY, hash = "sha256"): string {
  return createHmac(hash, key).update(text).digest("base64");
}

function formOf(signature: string, pairs = PAIRS): string {
  return Object.entries({ ...pairs, Signature: signature })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

const getWith = (signature: string, pairs = PAIRS): string =>
  `GET /?${formOf(signature, pairs)} HTTP/1.1\nHost: 127.0.0.1:8080\n\n`;

function inspect(text: string, more: Partial<InspectionInput> = {}): Inspection {
  return inspectRequest({ text, secretKey: SECRET_KEY, nowMs: TIMESTAMP * 1000, ...more });
}

const kinds = (inspection: Inspection): string[] => inspection.findings.map(({ kind }) => kind);

test("a right GET is accepted, and shows the text that is signed", () => {
  const inspection = inspect(getWith(sign(textOf())));
  assert.equal(inspection.verdict, "accepted");
  assert.equal(inspection.family, "v1");
  assert.equal(inspection.steps?.stringToSign, textOf());
  assert.equal(inspection.steps?.computed, sign(textOf()));
});

test("a right POST of a form is accepted", () => {
  const signature = sign(textOf(undefined, "POST"));
  const text = `POST / HTTP/1.1\nHost: 127.0.0.1:8080\nContent-Type: application/x-www-form-urlencoded\n\n${formOf(signature)}`;
  assert.equal(inspect(text).verdict, "accepted");
});

for (const [name, expected, text] of [
  ["another key", ["v1-unexplained"], getWith(sign(textOf(), "other"))],
  ["another host", ["v1-host"], getWith(sign(textOf("facefusion.tencentcloudapi.com")))],
  ["another hash than it names", ["v1-hash"], getWith(sign(textOf(), SECRET_KEY, "sha1"))],
  ["another method", ["v1-method"], getWith(sign(textOf(undefined, "POST")))],
  ["no path", ["v1-path"], getWith(sign(textOf().replace("/?", "?")))],
  [
    "a key with the prefix of TC3",
    ["v1-key-prefixed"],
    getWith(sign(textOf(), `TC3${SECRET_KEY}`)),
  ],
  [
    "a parameter changed after signing",
    ["v1-unexplained"],
    getWith(sign(textOf()), { ...PAIRS, "MergeInfos.0.Url": "https://e.com/other.jpg" }),
  ],
  [
    "an unknown SignatureMethod",
    ["server-fault"],
    getWith("x", { ...PAIRS, SignatureMethod: "MD5" }),
  ],
  [
    "a Nonce of letters",
    ["nonce-form", "v1-unexplained"],
    getWith(sign(textOf()), { ...PAIRS, Nonce: "x" }),
  ],
] as const) {
  test(`finds ${name}`, () => {
    const inspection = inspect(text);
    assert.deepEqual(kinds(inspection), [...expected]);
    assert.equal(inspection.verdict, "refused");
  });
}

test("the client's own text tells a wrong key from a changed parameter", () => {
  const changed = { ...PAIRS, Region: "ap-shanghai" };
  const own = { stringToSign: textOf() };
  assert.deepEqual(kinds(inspect(getWith(sign(textOf()), changed), own)), [
    "string-differs",
    "key-right",
  ]);
  assert.deepEqual(kinds(inspect(getWith(sign(textOf(), "other")), own)), [
    "string-same",
    "key-wrong",
  ]);
});
