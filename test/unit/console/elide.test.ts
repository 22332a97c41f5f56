import assert from "node:assert/strict";
import test from "node:test";
import { elide } from "../../../console/src/parts/elide.ts";

test("long texts are cut wherever they are, everything else stays", () => {
  const value = { a: ["x".repeat(1000), 5, null], b: { c: "short" } };
  assert.deepEqual(elide(value), {
    a: [`${"x".repeat(40)}… (1000 characters)`, 5, null],
    b: { c: "short" },
  });
});
