import assert from "node:assert/strict";
import test from "node:test";
import {
  loadKernels,
  releaseKernels,
  reserveBlocks,
} from "../../../../src/imaging/kernels/kernels.ts";

test("blocks are aligned, do not overlap and lie inside the memory", () => {
  const sizes = [1, 17, 300_000, 0, 5];
  const blocks = reserveBlocks(...sizes);
  const { byteLength } = loadKernels().memory.buffer;
  blocks.forEach((at, i) => {
    assert.equal(at % 16, 0);
    const next = blocks[i + 1] ?? byteLength;
    // A kernel may read 16 bytes past a block.
    assert.ok(at + sizes[i]! + 16 <= next, `block ${i}`);
  });
});

test("the memory of one large call is given back by the next small one", () => {
  reserveBlocks(100_000_000);
  assert.ok(loadKernels().memory.buffer.byteLength >= 100_000_000);
  reserveBlocks(1000);
  assert.ok(loadKernels().memory.buffer.byteLength < 1_000_000);
});

test("memory that was given up is made anew, with the tables that the kernels read", () => {
  const before = loadKernels().memory;
  const tables = Buffer.from(new Uint8Array(before.buffer));
  releaseKernels();
  const after = loadKernels().memory;
  assert.notEqual(after, before);
  const start = Buffer.from(new Uint8Array(after.buffer)).subarray(0, 4096);
  assert.ok(start.equals(tables.subarray(0, 4096)));
});
