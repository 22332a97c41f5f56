import assert from "node:assert/strict";
import test from "node:test";
import { readPastedKey } from "../../../console/src/api/pasted-key.ts";

const PAIR = { secretId: "AKID1234", secretKey: "k3y-with_signs" };

for (const [what, text] of Object.entries({
  "the server's own lines": "  SecretId:  AKID1234\n  SecretKey: k3y-with_signs\n",
  JSON: '{"SecretId": "AKID1234", "SecretKey": "k3y-with_signs"}',
  "environment variables":
    "TENCENTCLOUD_SECRET_ID=AKID1234\nTENCENTCLOUD_SECRET_KEY=k3y-with_signs",
})) {
  test(`both parts of a key are found in ${what}`, () => {
    assert.deepEqual(readPastedKey(text), PAIR);
  });
}

test("a text without both parts is no pair", () => {
  assert.equal(readPastedKey("AKID1234"), undefined);
  assert.equal(readPastedKey("SecretId: AKID1234"), undefined);
});
