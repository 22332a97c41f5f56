import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { inspectRequest } from "../../../../console/src/signature/inspect-request.ts";
import { explainTc3 } from "../../../../src/protocol/tc3/sign-tc3.ts";

const NOW = 1_767_225_600_000;
const BODY = '{"RspImgType":"url"}';
const { headers } = explainTc3({
  secretId: "AKIDx",
  secretKey: "the-secret-key",
  host: "127.0.0.1:8080",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  region: "ap-guangzhou",
  body: BODY,
  timestamp: NOW / 1000,
});
const LINES = [
  "POST / HTTP/1.1",
  "Host: 127.0.0.1:8080",
  ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  "",
  BODY,
];

const odd = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "curl 'x",
    'curl \\ -H "',
    "",
    ":",
    "Host:",
    "%",
    "GET /?a=%zz",
    "Authorization: SKIP",
    "\u0000",
    "\r",
  ),
  fc.constantFrom("X-TC-Timestamp: 99999999999", "X-TC-Timestamp: 999999999999999"),
  fc.constantFrom("X-TC-Content-SHA256: UNSIGNED-PAYLOAD", "Content-Length: 99999999999"),
);

/** What every inspection must be, whatever was pasted. */
function check(text: string, secretKey: string | undefined): void {
  const inspection = inspectRequest({ text, secretKey, nowMs: NOW });
  assert.ok(inspection.findings.length > 0);
  const isBad = inspection.findings.some(({ level }) => level === "bad");
  assert.equal(inspection.verdict === "refused", isBad, JSON.stringify(inspection.findings));
}

test("no text whatever makes the debugger fail", () => {
  const key = fc.option(fc.string({ maxLength: 40 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 8 }), key, (lines, secretKey) => {
      check(lines.join("\n"), secretKey);
    }),
  );
});

test("no line changed in a right request makes it fail", () => {
  const at = fc.nat(LINES.length - 1);
  fc.assert(
    fc.property(at, odd, fc.constantFrom(0, 1), (index, line, removed) => {
      check(LINES.toSpliced(index, removed, line).join("\n"), "the-secret-key");
    }),
    { numRuns: 400 },
  );
});

test("the same by v1", () => {
  const pairs = "Action=FuseFaceUltra&Nonce=1&Region=ap-guangzhou&SecretId=AKIDx&Signature=x";
  const rest = `&Timestamp=${NOW / 1000}&Version=2022-09-27`;
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      const query = `${pairs}${rest}&ModelUrl=${text}`.replaceAll(/\s/g, "");
      check(`GET /?${query} HTTP/1.1\nHost: 127.0.0.1:8080\n`, "the-secret-key");
    }),
  );
});
