import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isAppError } from "../../../src/base/app-error.ts";
import { JSON_LIMITS, parseGuardedJson } from "../../../src/protocol/json-guard.ts";

function outcomeOf(body: string | Buffer): unknown {
  try {
    return parseGuardedJson(typeof body === "string" ? Buffer.from(body) : body);
  } catch (error) {
    assert.ok(isAppError(error), String(error));
    assert.equal(error.reason, "malformed-request");
    return "refused";
  }
}

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

test("JSON within the limits is parsed as JSON.parse does", () => {
  const values = fc.json({ maxDepth: 5, stringUnit: "binary" });
  fc.assert(
    fc.property(values, (text) => {
      assert.deepEqual(outcomeOf(text), JSON.parse(text));
    }),
  );
});

test("any bytes are parsed or refused, never another failure", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      outcomeOf(Buffer.from(bytes));
    }),
    { numRuns: 2000 },
  );
});

test("every cut of a valid body is refused", () => {
  const body = '{"a":[1,{"b":"\\u0041\\"}"},null],"c":{"d":1.5e3}}';
  for (let length = 0; length < body.length; length++) {
    assert.equal(outcomeOf(body.slice(0, length)), "refused", body.slice(0, length));
  }
});

for (const [name, body] of [
  ["nothing", ""],
  ["two documents", "{}{}"],
  ["a comment", "{/**/}"],
  ["single quotes", "{'a':1}"],
  ["a trailing comma", '{"a":1,}'],
  ["a byte order mark", "\ufeff{}"],
  ["UTF-16", Buffer.from("{}", "utf16le")],
  ["an overlong character", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ["a lone continuation byte", Buffer.from([0x22, 0x80, 0x22])],
  ["a number with a leading zero", "01"],
  ["NaN", "NaN"],
  ["a repeated key", '{"a":1,"a":2}'],
  ["a repeated key, once escaped", '{"Url":1,"\\u0055rl":2}'],
  ["a repeated key deeper down", '{"x":[{"a":1,"b":2,"a":3}]}'],
  ["one level too many", nested(JSON_LIMITS.maxDepth + 1)],
  ["one part too many", `[${'"",'.repeat(JSON_LIMITS.maxParts)}""]`],
] as const) {
  test(`a body with ${name} is refused`, () => {
    assert.equal(outcomeOf(body), "refused");
  });
}

test("equal keys of different objects are no repetition", () => {
  const body = '{"a":{"a":1},"b":[{"a":1},{"a":"a"}]}';
  assert.deepEqual(outcomeOf(body), JSON.parse(body));
});

test("the deepest allowed nesting is parsed", () => {
  assert.notEqual(outcomeOf(nested(JSON_LIMITS.maxDepth)), "refused");
});

for (const [name, body] of [
  ["10 MB of empty arrays", `[${"[],".repeat(3_400_000)}[]]`],
  ["five million levels", "[".repeat(5_000_000)],
  ["a million keys", `{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join()}}`],
  ["10 MB of quotes", '"'.repeat(10_000_000)],
  ["10 MB of escaped quotes in a key", `{"${'\\"'.repeat(5_000_000)}`],
  ["10 MB of blanks", `{"a"${" ".repeat(10_000_000)}`],
  ["a name of 10 MB", `{"${"a".repeat(10_000_000)}":1}`],
  ["10 MB of emojis", `{"a":"${"😀".repeat(2_500_000)}"}`],
  ["10 MB of backslashes", `"${"\\".repeat(10_000_001)}`],
] as const) {
  test(`${name} are refused within 100 ms of work`, () => {
    const bytes = Buffer.from(body);
    // Time of the processor, not of the clock: other tests run beside this one.
    const before = process.cpuUsage();
    assert.equal(outcomeOf(bytes), "refused");
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 100_000, `took ${(user + system) / 1000} ms`);
  });
}

test("a picture as PHP writes it passes, with every slash escaped", () => {
  const image = "abc/".repeat(100_000);
  const body = Buffer.from(JSON.stringify({ image }).replaceAll("/", "\\/"));
  assert.deepEqual(parseGuardedJson(body), { image });
});

test("as much beyond ASCII as any text has passes beside a picture, more is refused wherever it stands", () => {
  const image = "A".repeat(1_000_000);
  const most = "中".repeat(Math.floor(JSON_LIMITS.maxBytesBeyondAscii / 3));
  for (const name of ["before", "later"]) {
    const call = (text: string): object => (name === "before" ? { text, image } : { image, text });
    assert.deepEqual(parseGuardedJson(Buffer.from(JSON.stringify(call(most)))), call(most));
    assert.equal(outcomeOf(JSON.stringify(call(`${most}中`))), "refused");
  }
});

test("more escapes than any picture has are refused, in one string or in many", () => {
  const half = "\\\\".repeat(JSON_LIMITS.maxEscapes / 2);
  assert.throws(() => parseGuardedJson(Buffer.from(`{"a":"${half}${half}\\\\x"}`)));
  assert.throws(() => parseGuardedJson(Buffer.from(`["${half}","${half}","\\\\x"]`)));
  assert.ok(parseGuardedJson(Buffer.from(`["${half}x","${half}"]`)));
});
