import assert from "node:assert/strict";
import test from "node:test";
import { SECURITY_HEADERS, trustedHeaders } from "../../../src/admin/security-headers.ts";

const POLICY = { "cross-origin-opener-policy": "same-origin" };

for (const host of ["localhost:9091", "127.0.0.1:9091", "[::1]:9091", "LOCALHOST"]) {
  test(`a browser on the own machine (${host}) is told to keep other windows away`, () => {
    assert.deepEqual(trustedHeaders(host, undefined), POLICY);
  });
}

test("behind https every name is", () => {
  assert.deepEqual(trustedHeaders("faceloom.example", "https://faceloom.example"), POLICY);
});

for (const host of ["10.0.0.5:9091", "faceloom.example", "localhost.example", "", undefined]) {
  test(`on plain HTTP at ${host ?? "no name"} browsers would only complain`, () => {
    assert.deepEqual(trustedHeaders(host, undefined), {});
    assert.deepEqual(trustedHeaders(host, "http://10.0.0.5:9091"), {});
  });
}

test("what holds everywhere does not name it", () => {
  assert.ok(!("cross-origin-opener-policy" in SECURITY_HEADERS));
});
