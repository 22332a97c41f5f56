import assert from "node:assert/strict";
import test from "node:test";
import { readPackedAsset } from "../../../src/models/packed-assets.ts";

const BUNDLE = Uint8Array.from([1, 2, 3, 4, 5]);
const LOADER = `loadPackage({"files": [{"filename": "/models/a.bin", "start": 0, "end": 2},
  {"filename": "/models/b.bin", "start": 2, "end": 5}], "remote_package_size": 5});`;

test("cuts a file out of the bundle at the places that the loader states", () => {
  assert.deepEqual([...readPackedAsset(BUNDLE, LOADER, "b.bin")], [3, 4, 5]);
});

test("refuses a file that the loader does not list, or that ends behind the bundle", () => {
  assert.throws(() => readPackedAsset(BUNDLE, LOADER, "c.bin"), /does not hold c\.bin/);
  assert.throws(() => readPackedAsset(BUNDLE.subarray(0, 4), LOADER, "b.bin"), RangeError);
  assert.throws(() => readPackedAsset(BUNDLE, "no list at all", "a.bin"), RangeError);
});
