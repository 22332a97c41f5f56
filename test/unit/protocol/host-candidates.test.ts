import assert from "node:assert/strict";
import test from "node:test";
import { hostCandidates } from "../../../src/protocol/host-candidates.ts";

test("a plain host is its only spelling", () => {
  assert.deepEqual(hostCandidates("example.com"), ["example.com"]);
});

test("a host with a port may have been signed without it", () => {
  assert.deepEqual(hostCandidates("Example.com:80"), [
    "example.com:80",
    "Example.com:80",
    "example.com",
    "Example.com",
  ]);
});

test("a host that carries a scheme may have been signed with and without it", () => {
  const candidates = hostCandidates("http://a:1");
  assert.deepEqual(candidates.toSorted(), ["a", "a:1", "http://a", "http://a:1"]);
});
