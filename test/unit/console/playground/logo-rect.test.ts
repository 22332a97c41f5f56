import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { LOGO_CORNERS, logoRect } from "../../../../console/src/pages/playground/logo-rect.ts";

test("a label lies in its corner with its own shape", () => {
  const template = { width: 1000, height: 500 };
  const logo = { ratio: 2, widthPercent: 20 };
  assert.deepEqual(logoRect({ ...logo, corner: "upper-left" }, template), {
    ...{ x: 10, y: 10, width: 200, height: 100 },
  });
  assert.deepEqual(logoRect({ ...logo, corner: "lower-right" }, template), {
    ...{ x: 790, y: 390, width: 200, height: 100 },
  });
});

test("a label never leaves the picture, nor the API's limits", () => {
  const side = fc.integer({ min: 64, max: 8000 });
  const logos = fc.record({
    ratio: fc.double({ min: 0.05, max: 20, noNaN: true }),
    widthPercent: fc.integer({ min: 5, max: 95 }),
    corner: fc.constantFrom(...LOGO_CORNERS),
  });
  fc.assert(
    fc.property(logos, side, side, (logo, width, height) => {
      const rect = logoRect(logo, { width, height });
      assert.ok(rect.x >= 0 && rect.y >= 0 && rect.width >= 1 && rect.height >= 1);
      assert.ok(rect.width <= 2160 && rect.height <= 2160);
      assert.ok(rect.x + rect.width <= width && rect.y + rect.height <= height);
    }),
  );
});
