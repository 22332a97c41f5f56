import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { sha256Hex } from "../../../../src/protocol/digests.ts";
import { formatAuthorization } from "../../../../src/protocol/tc3/authorization.ts";
import {
  canonicalRequest,
  scopeDate,
  signingKey,
  stringToSign,
  tc3Signature,
} from "../../../../src/protocol/tc3/tc3-signature.ts";

interface Vector {
  readonly name: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly timestamp: number;
  readonly date: string;
  readonly service: string;
  readonly method: string;
  readonly query: string;
  readonly headers: [string, string][];
  readonly payload: string;
  readonly payloadSha256: string;
  readonly canonicalRequest: string;
  readonly canonicalRequestSha256: string;
  readonly stringToSign: string;
  readonly secretSigning: string;
  readonly signature: string;
  readonly authorization: string;
}

const file = new URL("../tc3-vectors.json", import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8")).tc3;

for (const vector of vectors) {
  test(`every step of the published example "${vector.name}" comes out the same`, () => {
    assert.equal(sha256Hex(vector.payload), vector.payloadSha256);
    const canonical = canonicalRequest(vector);
    assert.equal(canonical, vector.canonicalRequest);
    assert.equal(sha256Hex(canonical), vector.canonicalRequestSha256);
    assert.equal(scopeDate(vector.timestamp), vector.date);
    const text = stringToSign(String(vector.timestamp), vector, canonical);
    assert.equal(text, vector.stringToSign);
    const key = signingKey(vector.secretKey, vector);
    assert.equal(Buffer.from(key).toString("hex"), vector.secretSigning);
    assert.equal(tc3Signature(key, text), vector.signature);
    const signedHeaders = vector.headers.map(([name]) => name).join(";");
    assert.equal(formatAuthorization({ ...vector, signedHeaders }), vector.authorization);
  });
}
