import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { compileKernels, KERNEL_MODULE_FILE } from "../../../../scripts/compile-kernels.ts";

test("the committed module is what kernels/ compiles to, byte for byte", async () => {
  assert.ok(
    readFileSync(KERNEL_MODULE_FILE, "utf8") === (await compileKernels()),
    "run: node scripts/build-kernels.ts",
  );
});
