import assert from "node:assert/strict";
import test from "node:test";
import { countAllocations } from "../../../../bench/speedometer/count-allocations.ts";

test("buffers and objects are counted although collections free them meanwhile", () => {
  const counter = countAllocations();
  let kept: unknown[] = [];
  for (let round = 0; round < 40; round++) {
    // 8 MB outside of the heap and about 2 MB on it.
    kept = [new Float32Array(2e6), Array.from({ length: 1e5 }, (_, i) => i + round + 0.5)];
  }
  const { heapBytes, bufferBytes } = counter.read();
  assert.equal(kept.length, 2);
  assert.ok(bufferBytes > 100e6 && bufferBytes < 400e6, `${bufferBytes}`);
  assert.ok(heapBytes > 20e6, `${heapBytes}`);
});

test("a reading starts anew", () => {
  const counter = countAllocations();
  const large = new Uint8Array(50e6);
  // What a collection frees at the same time may hide a part.
  assert.ok(counter.read().bufferBytes >= large.length / 2);
  assert.ok(counter.read().bufferBytes < 5e6);
});
