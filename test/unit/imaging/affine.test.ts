import test from "node:test";
import fc from "fast-check";
import { type Affine, composeAffine, squareCropToPicture } from "../../../src/imaging/affine.ts";
import { assertClose } from "../../support/planes.ts";

const number = fc.double({ min: -20, max: 20, noNaN: true });
const maps: fc.Arbitrary<Affine> = fc.record({
  a: number,
  b: number,
  c: number,
  d: number,
  tx: number,
  ty: number,
});

function mapped(m: Affine, [x, y]: readonly [number, number]): [number, number] {
  return [m.a * x + m.b * y + m.tx, m.c * x + m.d * y + m.ty];
}

test("a composed map does the first, then the second", () => {
  fc.assert(
    fc.property(maps, maps, number, number, (second, first, x, y) => {
      const expected = mapped(second, mapped(first, [x, y]));
      assertClose(mapped(composeAffine(second, first), [x, y]), expected, 1e-8);
    }),
  );
});

test("a crop's middle is its centre, its sides have the length, and a positive roll turns clockwise", () => {
  const m = squareCropToPicture([100, 50], 40, Math.PI / 2, 20);
  assertClose(mapped(m, [10, 10]), [100, 50], 1e-9);
  // The crop's right side points down on the screen.
  assertClose(mapped(m, [20, 10]), [100, 70], 1e-9);
  assertClose(mapped(m, [10, 0]), [120, 50], 1e-9);
});
