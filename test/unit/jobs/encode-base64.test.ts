import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import test from "node:test";
import { encodeBase64 } from "../../../src/jobs/encode-base64.ts";

for (const length of [0, 1, 2, 3, 786_431, 786_432, 786_433, 2_000_003]) {
  test(`encodes ${length} bytes as Node does at once`, async () => {
    const bytes = new Uint8Array(randomBytes(length + 5)).subarray(5);
    const expected = Buffer.from(bytes).toString("base64");
    assert.equal((await encodeBase64(bytes)).toString("latin1"), expected);
  });
}
