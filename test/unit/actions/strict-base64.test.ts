import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { decodeBase64 } from "../../../src/actions/strict-base64.ts";

const BYTES = Buffer.from("any carnal pleas");
const TEXT = BYTES.toString("base64");

test("what Buffer writes is read back, with line breaks, blanks around and without padding", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const breaks = fc.constantFrom("", "\n", "\r\n", "\n\t ");
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 80 }), breaks, (one, width, lineBreak) => {
      const text = Buffer.from(one).toString("base64");
      const lines = text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
      const expected = Buffer.from(one);
      assert.deepEqual(decodeBase64(lines.join(lineBreak)), expected);
      assert.deepEqual(decodeBase64(` ${text}\n`), expected);
      assert.deepEqual(decodeBase64(text.replace(/=+$/, "")), expected);
    }),
  );
});

for (const [name, text] of [
  ["a prefix in the middle", `${TEXT}data:image/png;base64,${TEXT}`],
  ["two prefixes", `data:image/png;base64,data:image/png;base64,${TEXT}`],
  ["a data URL that is not base64", `data:image/png,${TEXT}`],
  ["a prefix of another scheme", `file:image/png;base64,${TEXT}`],
  ["a character of the URL-safe alphabet", `-_${TEXT.slice(2)}`],
  ["other characters in the middle", `${TEXT.slice(0, 8)}!!!!${TEXT.slice(8)}`],
  ["a blank in a line, a lost plus sign", `${TEXT.slice(0, 8)} ${TEXT.slice(9)}`],
  ["a NUL", `${TEXT.slice(0, 8)}\0${TEXT.slice(9)}`],
  ["Chinese characters that end like letters", `${TEXT}\u4e41\u4e42\u4e43\u4e44`],
  ["percent-encoding", encodeURIComponent("ab+/")],
  ["a length that cannot be", `${TEXT.replace(/=+$/, "")}AAA`],
  ["too much padding", `${TEXT}=`],
  ["too little padding", "QQ="],
  ["padding in the middle", `QQ==${TEXT}`],
  ["nothing but padding", "===="],
] as const) {
  test(`a text with ${name} is no base64`, () => {
    assert.equal(decodeBase64(text), undefined);
  });
}

test("a data URL's prefix is left out, with any type or none", () => {
  const prefixes = [
    "data:image/png;base64,",
    " DATA:image/svg+xml;charset=utf-8;Base64,",
    "data:;base64,",
  ];
  for (const prefix of prefixes) assert.deepEqual(decodeBase64(prefix + TEXT), BYTES, prefix);
});

test("a megabyte of blanks is judged quickly", () => {
  const before = process.cpuUsage();
  assert.equal(decodeBase64(`A${" ".repeat(1_000_000)}A`), undefined);
  assert.equal(decodeBase64(`${" A".repeat(500_000)}`), undefined);
  assert.equal(decodeBase64(`data:${";a=a".repeat(250_000)}`), undefined);
  assert.ok(process.cpuUsage(before).user < 500_000);
});
