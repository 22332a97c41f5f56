import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { gaussianBlur } from "../../../src/imaging/box-blur.ts";
import { createSmoothingCascade } from "../../../src/imaging/normalized-convolution.ts";
import { createPlane, type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { aNoisePlane, assertClose } from "../../support/planes.ts";

/** The narrowest level of a cascade whose wider ones are the usual fall-backs. */
function smoothUnderMask(plane: Plane, { mask, sigma }: { mask: Plane; sigma: number }): Plane {
  return createSmoothingCascade(mask, [5 * sigma, 2.2 * sigma, sigma])
    .smooth(plane)
    .at(-1)!;
}

test("under a full mask smoothing is the plain blur", () => {
  const plane = aNoisePlane(23, 19, { seed: 3, low: -1 });
  const kernel = { mask: createPlane(23, 19, 1), sigma: 5 };
  assertClose(smoothUnderMask(plane, kernel).data, gaussianBlur(plane, 5).data, 1e-5);
});

test("a constant stays itself under any mask, also where nothing is certain", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(0.02, 0.3, 0.9), (seed, share) => {
      const noise = aNoisePlane(30, 20, { seed });
      const mask = planeFrom(30, 20, (i) => (noise.data[i]! < share ? noise.data[i]! / share : 0));
      fc.pre(mask.data.some((v) => v > 0.2));
      const smooth = smoothUnderMask(createPlane(30, 20, 3.5), { mask, sigma: 2 });
      assertClose(smooth.data, createPlane(30, 20, 3.5).data, 2e-3);
    }),
    { numRuns: 40 },
  );
});

test("near enough certain cells the result is the blurred product over the blurred mask", () => {
  const plane = aNoisePlane(40, 30, { seed: 8, low: 2, high: 6 });
  const mask = aNoisePlane(40, 30, { seed: 9, low: 0.3 });
  const product = planeFrom(40, 30, (i) => plane.data[i]! * mask.data[i]!);
  const top = gaussianBlur(product, 3);
  const bottom = gaussianBlur(mask, 3);
  const expected = planeFrom(40, 30, (i) => top.data[i]! / bottom.data[i]!);
  assertClose(smoothUnderMask(plane, { mask, sigma: 3 }).data, expected.data, 1e-4);
});

test("what the mask hides has no influence", () => {
  const mask = planeFrom(40, 30, (i) => (i % 40 < 20 ? 1 : 0));
  const kernel = { mask, sigma: 2 };
  const plane = aNoisePlane(40, 30, { seed: 5 });
  const spoilt = planeFrom(40, 30, (i) => (i % 40 < 20 ? plane.data[i]! : 1e4));
  assertClose(smoothUnderMask(spoilt, kernel).data, smoothUnderMask(plane, kernel).data, 1e-6);
});

test("far from any certain cell the result is the weighted mean", () => {
  const mask = planeFrom(300, 3, (i) => (i % 300 < 4 ? 1 : 0));
  const plane = planeFrom(300, 3, (i) => (i % 300 < 2 ? 1 : 3));
  const smooth = smoothUnderMask(plane, { mask, sigma: 2 });
  assert.ok(Math.abs(smooth.data[299]! - 2) < 1e-5);
});

test("without any certain cell the result is zero, not NaN", () => {
  const smooth = smoothUnderMask(aNoisePlane(9, 9), { mask: createPlane(9, 9), sigma: 2 });
  assertClose(smooth.data, createPlane(9, 9).data, 1e-6);
});

test("a narrow level keeps to the wider one where the mask is far", () => {
  const mask = planeFrom(120, 3, (i) => (i % 120 < 10 ? 1 : 0));
  const [wide, narrow] = createSmoothingCascade(mask, [30, 2]).smooth(aNoisePlane(120, 3));
  assertClose([narrow!.data[60]!], [wide!.data[60]!], 1e-6);
});
