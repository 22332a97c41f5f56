import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";
import {
  createResultId,
  formatResultLink,
  isResultLinkSigned,
  parseResultLink,
} from "../../../src/storage/result-link.ts";

const KEY = Buffer.alloc(32, 7);
const NAME = {
  id: "0123456789abcdef0123456789abcdef",
  format: "png",
  expiresAt: 1_900_000_000,
} as const;

test("a link carries id, expiry and an HMAC-SHA256 over id, expiry and account", () => {
  const text = `result-link\n${NAME.id}\npng\n1900000000\naccount`;
  const mac = createHmac("sha256", KEY).update(text).digest("base64url");
  const link = formatResultLink(KEY, NAME, "account");
  assert.equal(link, `/results/${NAME.id}.png?e=1900000000&s=${mac}`);
  assert.deepEqual(parseResultLink(link), { ...NAME, mac });
});

test("a link is signed for one account under one key", () => {
  const link = parseResultLink(formatResultLink(KEY, NAME, "account"))!;
  assert.ok(isResultLinkSigned(KEY, link, "account"));
  assert.ok(!isResultLinkSigned(KEY, link, "account2"));
  assert.ok(!isResultLinkSigned(Buffer.alloc(32, 8), link, "account"));
  assert.ok(!isResultLinkSigned(KEY, { ...link, expiresAt: link.expiresAt + 1 }, "account"));
  assert.ok(!isResultLinkSigned(KEY, { ...link, format: "jpeg" }, "account"));
});

test("the bits of ids are as often set as not", () => {
  const count = 4000;
  const set = new Array<number>(128).fill(0);
  for (let i = 0; i < count; i++) {
    const bytes = Buffer.from(createResultId(), "hex");
    for (let bit = 0; bit < 128; bit++) set[bit]! += (bytes[bit >> 3]! >> (bit & 7)) & 1;
  }
  // Six standard deviations of a fair coin: a false alarm in one of four million runs.
  const bound = 6 * Math.sqrt(count / 4);
  for (const [bit, n] of set.entries()) assert.ok(Math.abs(n - count / 2) < bound, `bit ${bit}`);
});
