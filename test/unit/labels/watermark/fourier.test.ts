import assert from "node:assert/strict";
import test from "node:test";
import { transformSquare } from "../../../../src/labels/watermark/fourier.ts";
import { createRandom } from "../../../support/random.ts";

const SIDE = 8;

/** The definition, term by term. */
function slowTransform(re: Float64Array): { re: Float64Array; im: Float64Array } {
  const out = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (let v = 0; v < SIDE; v++) {
    for (let u = 0; u < SIDE; u++) {
      for (let i = 0; i < re.length; i++) {
        const turn = (-2 * Math.PI * (u * (i % SIDE) + v * Math.floor(i / SIDE))) / SIDE;
        out.re[v * SIDE + u]! += re[i]! * Math.cos(turn);
        out.im[v * SIDE + u]! += re[i]! * Math.sin(turn);
      }
    }
  }
  return out;
}

test("the transform is what its definition says, and the inverse leads back", () => {
  const random = createRandom(3);
  const values = Float64Array.from({ length: SIDE * SIDE }, random);
  const slow = slowTransform(values);
  const square = { side: SIDE, re: values.slice(), im: new Float64Array(values.length) };
  transformSquare(square);
  for (let i = 0; i < values.length; i++) {
    assert.ok(Math.hypot(square.re[i]! - slow.re[i]!, square.im[i]! - slow.im[i]!) < 1e-9);
  }
  transformSquare(square, true);
  for (let i = 0; i < values.length; i++) {
    assert.ok(Math.hypot(square.re[i]! / SIDE ** 2 - values[i]!, square.im[i]!) < 1e-9);
  }
});
