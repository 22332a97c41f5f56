import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isAppError } from "../../../../src/base/app-error.ts";
import {
  formatAuthorization,
  parseAuthorization,
} from "../../../../src/protocol/tc3/authorization.ts";

const VALID =
  "TC3-HMAC-SHA256 Credential=AKIDx/2024-01-02/facefusion/tc3_request, SignedHeaders=content-type;host, Signature=abc";

const PARTS = {
  secretId: "AKIDx",
  date: "2024-01-02",
  service: "facefusion",
  signedHeaders: "content-type;host",
  signature: "abc",
};

for (const [name, header] of [
  ["as documented", VALID],
  ["with two blanks after the algorithm", VALID.replace("256 ", "256  ")],
  ["without blanks behind the commas", VALID.replaceAll(", ", ",")],
] as const) {
  test(`the header ${name} is parsed`, () => {
    assert.deepEqual(parseAuthorization(header), PARTS);
  });
}

for (const [name, header] of [
  ["another algorithm", VALID.replace("SHA256", "SHA1")],
  ["no algorithm", VALID.replace("TC3-HMAC-SHA256 ", "")],
  ["the skip mode of the official clients", "SKIP"],
  ["Basic credentials", "Basic dXNlcjpwYXNz"],
  ["nothing", ""],
  ["another terminator", VALID.replace("tc3_request", "aws4_request")],
  ["a scope of two parts", VALID.replace("/facefusion/tc3_request", "")],
  ["an empty service", VALID.replace("facefusion", "")],
  ["an empty SecretId", VALID.replace("AKIDx", "")],
  ["a slash in the SecretId", VALID.replace("AKIDx", "AK/IDx")],
  ["a SecretId of 129 characters", VALID.replace("AKIDx", "A".repeat(129))],
  ["a date that is none", VALID.replace("2024-01-02", "20240102")],
  ["no signature", VALID.replace(", Signature=abc", "")],
  ["a part behind the signature", `${VALID}, More=1`],
] as const) {
  test(`a header with ${name} is refused`, () => {
    assert.throws(
      () => parseAuthorization(header),
      (error) => isAppError(error) && error.reason === "authorization-malformed",
    );
  });
}

test("what is written is parsed back", () => {
  const word = fc.stringMatching(/^[!-+.0-~-]{1,40}$/);
  const parts = fc.record({
    secretId: word,
    date: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    service: word,
    signedHeaders: word,
    signature: word,
  });
  fc.assert(
    fc.property(parts, (one) => {
      const expected = { ...one, date: one.date.toISOString().slice(0, 10) };
      assert.deepEqual(parseAuthorization(formatAuthorization(expected)), expected);
    }),
  );
});

test("any text is parsed or refused, never another failure", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.tuple(fc.nat(VALID.length), fc.string()).map(([at, text]) => {
      return VALID.slice(0, at) + text + VALID.slice(at + text.length);
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseAuthorization(text);
      } catch (error) {
        assert.ok(isAppError(error));
      }
    }),
    { numRuns: 10_000 },
  );
});
