import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { v1Signature, v1StringToSign } from "../../../../src/protocol/v1/v1-signature.ts";
import { verifyV1 } from "../../../../src/protocol/v1/verify-v1.ts";

interface Vector {
  readonly secretKey: string;
  readonly method: string;
  readonly host: string;
  readonly params: Readonly<Record<string, string>>;
  readonly stringToSign: string;
  readonly hmacSHA1: string;
  readonly hmacSHA256: string;
}

const file = new URL("../tc3-vectors.json", import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8")).v1;

for (const [i, vector] of vectors.entries()) {
  test(`the published v1 example ${i + 1} comes out the same`, () => {
    const text = v1StringToSign(vector.method, vector.host, Object.entries(vector.params));
    assert.equal(text, vector.stringToSign);
    assert.equal(v1Signature(vector.secretKey, "HmacSHA1", text), vector.hmacSHA1);
    assert.equal(v1Signature(vector.secretKey, "HmacSHA256", text), vector.hmacSHA256);
  });
}

function isAccepted(host: string, pairs: Readonly<Record<string, string>>): boolean {
  const { method, secretKey } = vectors[0]!;
  try {
    verifyV1(
      { method, headers: new Map([["host", host]]), pairs: new Map(Object.entries(pairs)) },
      secretKey,
    );
    return true;
  } catch (error) {
    assert.ok(isAppError(error) && error.reason === "signature-mismatch", String(error));
    return false;
  }
}

test("a signature is accepted over the host with and without port and with a line break behind it", () => {
  const { host, params, hmacSHA1 } = vectors[0]!;
  assert.ok(isAccepted(host, { ...params, Signature: hmacSHA1 }));
  assert.ok(isAccepted(`${host}:8080`, { ...params, Signature: `${hmacSHA1}\n` }));
});

test("another host, value or name is refused", () => {
  const { host, params, hmacSHA1 } = vectors[0]!;
  const signed = { ...params, Signature: hmacSHA1 };
  assert.equal(isAccepted("example.com", signed), false);
  assert.equal(isAccepted(host, { ...signed, Limit: "21" }), false);
  assert.equal(isAccepted(host, { ...signed, More: "" }), false);
  assert.equal(isAccepted(host, { ...signed, Signature: "" }), false);
});
