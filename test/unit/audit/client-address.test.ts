import assert from "node:assert/strict";
import test from "node:test";
import { keptAddress } from "../../../src/audit/client-address.ts";

for (const [address, network] of [
  ["203.0.113.77", "203.0.113.0/24"],
  ["::ffff:203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:abcd:12:1:2:3:4", "2001:db8:abcd::/48"],
  ["2001:0db8:00cd::1", "2001:db8:cd::/48"],
  ["2001:db8::7", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["no address", undefined],
] as const) {
  test(`${address} is kept as ${network}`, () => {
    assert.equal(keptAddress(address, "network"), network);
  });
}

test("all of an address, or nothing of it", () => {
  assert.equal(keptAddress("203.0.113.77", "full"), "203.0.113.77");
  assert.equal(keptAddress("::ffff:203.0.113.77", "full"), "203.0.113.77");
  assert.equal(keptAddress("203.0.113.77", "none"), undefined);
  assert.equal(keptAddress("", "full"), undefined);
});
