import assert from "node:assert/strict";
import * as node from "node:crypto";
import test from "node:test";
import fc from "fast-check";
import * as page from "../../../console/src/api/node-crypto.ts";

test("the page's hashes and MACs are Node's", () => {
  const input = fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(input, input, fc.string({ unit: "grapheme" }), (data, key, text) => {
      assert.equal(page.hash("sha256", data), node.hash("sha256", data));
      assert.deepEqual(
        Buffer.from(page.hash("sha256", data, "buffer")),
        node.hash("sha256", data, "buffer"),
      );
      for (const name of ["sha1", "sha256"] as const) {
        const ours = () => page.createHmac(name, key).update(text);
        const theirs = () => node.createHmac(name, key).update(text);
        assert.deepEqual(Buffer.from(ours().digest()), theirs().digest());
        for (const form of ["hex", "base64"] as const) {
          assert.equal(ours().digest(form), theirs().digest(form));
        }
      }
    }),
  );
});

test("bytes are compared as Node compares them", () => {
  assert.equal(page.timingSafeEqual(new Uint8Array([1, 2]), new Uint8Array([1, 2])), true);
  assert.equal(page.timingSafeEqual(new Uint8Array([1, 2]), new Uint8Array([1, 3])), false);
});
