import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { levelOfLog, logOfLevel, writeLogOpponent } from "../../../src/imaging/log-opponent.ts";
import { assertClose } from "../../support/planes.ts";

test("every 8-bit level survives the way there and back", () => {
  for (let level = 0; level < 256; level++) {
    assert.equal(Math.round(levelOfLog(logOfLevel(level))), level);
  }
});

test("levels between survive to within a sixteenth", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 255, noNaN: true }), (level) => {
      const back = levelOfLog(logOfLevel(level));
      assert.ok(Math.abs(back - level) < 1 / 16, `${level} came back as ${back}`);
    }),
    { numRuns: 2000 },
  );
});

test("the tables follow their formulas", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 255, noNaN: true }), (level) => {
      // Half a table step of a sixteenth, over the value.
      const tolerance = 1 / 32 / (level + 6) + 1e-6;
      assert.ok(Math.abs(logOfLevel(level) - Math.log(level + 6)) <= tolerance);
      assert.ok(Math.abs(levelOfLog(Math.log(level + 6)) - level) < 1e-3);
    }),
  );
});

test("what lies outside 0 to 255 is limited", () => {
  assert.equal(logOfLevel(-40), Math.fround(Math.log(6)));
  assert.ok(Math.abs(logOfLevel(900) - Math.log(262)) < 1e-3);
  assert.deepEqual([-5, 0, 1, 1.79].map(levelOfLog), [0, 0, 0, 0]);
  assert.deepEqual([5.57, 6, 100].map(levelOfLog), [255, 255, 255]);
});

test("a colour is written as luminance and two differences", () => {
  const target = new Float32Array(9).fill(-1);
  writeLogOpponent(target, 3, [200, 100, 50]);
  const [r, g, b] = [Math.log(206), Math.log(106), Math.log(56)];
  assertClose(target, [-1, -1, -1, 0.3 * r + 0.6 * g + 0.1 * b, r - g, b - g, -1, -1, -1], 1e-5);
});

test("a change of light is nearly an addition to the luminance alone", () => {
  const target = new Float32Array(6);
  writeLogOpponent(target, 0, [200, 150, 120]);
  writeLogOpponent(target, 3, [100, 75, 60]);
  // The offset of 6 levels is what keeps it from being exact.
  assert.ok(Math.abs(target[0]! - target[3]! - Math.LN2) < 0.05);
  assert.ok(Math.abs(target[1]! - target[4]!) < 0.05);
  assert.ok(Math.abs(target[2]! - target[5]!) < 0.05);
});
