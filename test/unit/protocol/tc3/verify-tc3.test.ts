import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isAppError } from "../../../../src/base/app-error.ts";
import { sha256Hex } from "../../../../src/protocol/digests.ts";
import { parseAuthorization } from "../../../../src/protocol/tc3/authorization.ts";
import type { Tc3Call } from "../../../../src/protocol/tc3/sign-tc3.ts";
import { signTc3 } from "../../../../src/protocol/tc3/sign-tc3.ts";
import type { Tc3Request } from "../../../../src/protocol/tc3/verify-tc3.ts";
import { verifyTc3 } from "../../../../src/protocol/tc3/verify-tc3.ts";

const CALL: Tc3Call = {
  secretId: "AKIDx",
  secretKey: "key",
  host: "example.com:8080",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  region: "ap-guangzhou",
  body: '{"RspImgType":"url"}',
  timestamp: 1_700_000_000,
};

function requestOf(call: Tc3Call): Tc3Request {
  const headers = new Map(
    Object.entries({ Host: call.host, ...signTc3(call) }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  return {
    method: "POST",
    query: "",
    headers,
    body: Buffer.from(call.body),
    bodySha256: sha256Hex(call.body),
    timestampText: String(call.timestamp),
    timestamp: call.timestamp,
    authorization: parseAuthorization(headers.get("authorization")!),
    allowsUnsignedPayload: true,
  };
}

function isAccepted(request: Tc3Request, secretKey = CALL.secretKey): boolean {
  try {
    verifyTc3(request, secretKey);
    return true;
  } catch (error) {
    assert.ok(isAppError(error) && error.reason === "signature-mismatch", String(error));
    return false;
  }
}

const calls = fc.record({
  ...Object.fromEntries(Object.entries(CALL).map(([name, value]) => [name, fc.constant(value)])),
  secretKey: fc.stringMatching(/^[!-~]{1,40}$/),
  body: fc.string({ unit: "binary" }),
  timestamp: fc.integer({ min: 1, max: 4_000_000_000 }),
}) as fc.Arbitrary<Tc3Call>;

test("what the client's half signs, the server's half accepts", () => {
  fc.assert(
    fc.property(calls, (call) => isAccepted(requestOf(call), call.secretKey)),
    { numRuns: 5_000 },
  );
});

test("any single change after signing is refused", () => {
  const withHeader = (request: Tc3Request, name: string): Tc3Request => ({
    ...request,
    headers: new Map(request.headers).set(name, `${request.headers.get(name)}x`),
  });
  const withAuthorization = (
    request: Tc3Request,
    part: Partial<Tc3Request["authorization"]>,
  ): Tc3Request => ({ ...request, authorization: { ...request.authorization, ...part } });
  const changes: readonly ((request: Tc3Request, at: number) => Tc3Request)[] = [
    (request) => ({ ...request, method: "PUT" }),
    (request, at) => ({ ...request, bodySha256: sha256Hex(`${request.bodySha256}${at}`) }),
    (request) => withHeader(request, "content-type"),
    (request) => withHeader(request, "host"),
    (request) => withHeader(request, "x-tc-action"),
    (request) => ({
      ...request,
      timestamp: request.timestamp + 1,
      timestampText: String(request.timestamp + 1),
    }),
    (request) => withAuthorization(request, { service: "cvm" }),
    (request) => withAuthorization(request, { date: "1999-01-01" }),
    (request) => withAuthorization(request, { signedHeaders: "content-type;host" }),
    (request, at) => {
      const text = request.authorization.signature;
      const i = at % text.length;
      const digit = text[i] === "0" ? "1" : "0";
      return withAuthorization(request, {
        signature: text.slice(0, i) + digit + text.slice(i + 1),
      });
    },
  ];
  fc.assert(
    fc.property(calls, fc.nat(), fc.nat(changes.length - 1), (call, at, change) => {
      return !isAccepted(changes[change]!(requestOf(call), at), call.secretKey);
    }),
    { numRuns: 5_000 },
  );
});

test("another key is refused", () => {
  for (const key of ["key ", "key\n", "Key", "", "kez"]) {
    assert.equal(isAccepted(requestOf(CALL), key), false, JSON.stringify(key));
  }
});
