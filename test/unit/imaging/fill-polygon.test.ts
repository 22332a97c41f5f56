import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { convexHull, fillPolygon, scaleOutline } from "../../../src/imaging/fill-polygon.ts";
import { createPlane } from "../../../src/imaging/plane.ts";
import { assertClose } from "../../support/planes.ts";

/** Even-odd rule by counting the edges that a ray to the right crosses (Shimrat 1962). */
function isInside(outline: readonly number[], x: number, y: number): boolean {
  let isIn = false;
  for (let i = 0; i < outline.length; i += 2) {
    const j = (i + 2) % outline.length;
    const [x0, y0, x1, y1] = [outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isIn = !isIn;
  }
  return isIn;
}

/** Anywhere, or exactly on rows and columns of cell centres and between them. */
const place = fc.oneof(
  fc.double({ min: -8, max: 28, noNaN: true }),
  fc.integer({ min: -4, max: 44 }).map((half) => half / 2),
);
const outlines = fc
  .array(fc.tuple(place, place), { minLength: 3, maxLength: 9 })
  .map((points) => points.flat());

test("a cell is filled when its centre lies inside the outline, even one that crosses itself", () => {
  fc.assert(
    fc.property(outlines, (outline) => {
      const plane = createPlane(20, 17, 0.25);
      fillPolygon(plane, outline, 3);
      const expected = Array.from({ length: 20 * 17 }, (_, i) =>
        isInside(outline, (i % 20) + 0.5, Math.floor(i / 20) + 0.5) ? 3 : 0.25,
      );
      assert.deepEqual([...plane.data], expected);
    }),
    { numRuns: 300 },
  );
});

test("two polygons that share an edge leave no gap and do not overlap", () => {
  const filled = createPlane(12, 12);
  const left = createPlane(12, 12);
  fillPolygon(left, [1, 1, 6.5, 1, 4.5, 11, 1, 11]);
  const right = createPlane(12, 12);
  fillPolygon(right, [6.5, 1, 11, 1, 11, 11, 4.5, 11]);
  fillPolygon(filled, [1, 1, 11, 1, 11, 11, 1, 11]);
  assertClose(
    left.data.map((v, i) => v + right.data[i]!),
    filled.data,
    0,
  );
});

test("an outline is scaled about its centroid", () => {
  assert.deepEqual([...scaleOutline([0, 0, 4, 0, 4, 2, 0, 2], 2)], [-2, -1, 6, -1, 6, 3, -2, 3]);
  assert.deepEqual([...scaleOutline([0, 0, 4, 0, 4, 2, 0, 2], 0)], [2, 1, 2, 1, 2, 1, 2, 1]);
});

test("a hull has only given points, turns one way and leaves no point outside", () => {
  const points = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 3,
      maxLength: 30,
    })
    .map((list) => list.flat());
  fc.assert(
    fc.property(points, (given) => {
      const hull = convexHull(given);
      const turn = (i: number, x: number, y: number): number => {
        const j = (i + 2) % hull.length;
        const [ax, ay, bx, by] = [hull[i]!, hull[i + 1]!, hull[j]!, hull[j + 1]!];
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      };
      for (let i = 0; i < hull.length; i += 2) {
        const isGiven = given.some(
          (x, k) => k % 2 === 0 && x === hull[i] && given[k + 1] === hull[i + 1],
        );
        assert.ok(isGiven);
        for (let k = 0; k < given.length; k += 2) assert.ok(turn(i, given[k]!, given[k + 1]!) >= 0);
      }
    }),
  );
});

test("points inside and on the sides of a square are no corners of its hull", () => {
  assert.deepEqual(
    [...convexHull([0, 0, 2, 0, 4, 0, 4, 4, 0, 4, 2, 2, 1, 3])],
    [0, 0, 4, 0, 4, 4, 0, 4],
  );
});
