import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  type Affine,
  composeAffine,
  invertAffine,
  squareCropToPicture,
} from "../../../src/imaging/affine.ts";
import { assertClose } from "../../support/planes.ts";

const number = fc.double({ min: -20, max: 20, noNaN: true });
const maps: fc.Arbitrary<Affine> = fc
  .record({ a: number, b: number, c: number, d: number, tx: number, ty: number })
  .filter((m) => Math.abs(m.a * m.d - m.b * m.c) > 0.1);

function mapped(m: Affine, [x, y]: readonly [number, number]): [number, number] {
  return [m.a * x + m.b * y + m.tx, m.c * x + m.d * y + m.ty];
}

test("a map after its inverse is nothing", () => {
  fc.assert(
    fc.property(maps, number, number, (m, x, y) => {
      // The worst of the maps (determinant 0.1 of entries up to 20) magnifies rounding by 1e4.
      assertClose(mapped(invertAffine(m), mapped(m, [x, y])), [x, y], 1e-6);
      assertClose(mapped(composeAffine(m, invertAffine(m)), [x, y]), [x, y], 1e-6);
    }),
  );
});

test("a composed map does the first, then the second", () => {
  fc.assert(
    fc.property(maps, maps, number, number, (second, first, x, y) => {
      const expected = mapped(second, mapped(first, [x, y]));
      assertClose(mapped(composeAffine(second, first), [x, y]), expected, 1e-8);
    }),
  );
});

test("a singular map has no inverse", () => {
  assert.throws(() => invertAffine({ a: 1, b: 2, c: 2, d: 4, tx: 0, ty: 0 }), RangeError);
});

test("a crop's middle is its centre, its sides have the length, and a positive roll turns clockwise", () => {
  const m = squareCropToPicture([100, 50], 40, Math.PI / 2, 20);
  assertClose(mapped(m, [10, 10]), [100, 50], 1e-9);
  // The crop's right side points down on the screen.
  assertClose(mapped(m, [20, 10]), [100, 70], 1e-9);
  assertClose(mapped(m, [10, 0]), [120, 50], 1e-9);
});
