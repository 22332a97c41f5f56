import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { ciede2000, type Lab, labFromRgb, rgbFromLab } from "../../../../bench/metrics/lab.ts";

/** Sharma, Wu & Dalal 2005, table 1: rows that tell wrong hue means and rotation terms from right ones. */
const PUBLISHED: readonly (readonly [Lab, Lab, number])[] = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
];

test("CIEDE2000 gives the published differences", () => {
  for (const [p, q, expected] of PUBLISHED) {
    assert.ok(Math.abs(ciede2000(p, q) - expected) < 1e-4, `${p} ${q}: ${ciede2000(p, q)}`);
    assert.ok(Math.abs(ciede2000(q, p) - expected) < 1e-4);
  }
});

test("white, black and mid grey have their known lightness and no colour", () => {
  for (const [value, lightness] of [
    [255, 100],
    [0, 0],
    [119, 50.03],
  ] as const) {
    const [l, a, b] = labFromRgb(value, value, value);
    assert.ok(Math.abs(l - lightness) < 0.02 && Math.abs(a) < 0.02 && Math.abs(b) < 0.02);
  }
});

test("every 8-bit colour comes back from Lab", () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(channel, channel, channel, (r, g, b) => {
      assert.deepEqual(rgbFromLab(labFromRgb(r, g, b)).map(Math.round), [r, g, b]);
    }),
  );
});
