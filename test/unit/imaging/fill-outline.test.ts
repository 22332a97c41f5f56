import assert from "node:assert/strict";
import test from "node:test";
import { fillOutlines, type PlacedOutline } from "../../../src/imaging/fill-outline.ts";
import { LABEL_GLYPHS } from "../../../src/imaging/label-glyphs.ts";

/** Inside by the winding number of finely cut curves, asked at 16 x 16 places of a pixel: slow and obvious. */
function naiveCoverage(outline: PlacedOutline, px: number, py: number): number {
  const contours = naiveContours(outline);
  let inside = 0;
  for (let i = 0; i < 256; i++) {
    const x = px + ((i % 16) + 0.5) / 16;
    const y = py + (Math.floor(i / 16) + 0.5) / 16;
    let winding = 0;
    for (const contour of contours) {
      for (let k = 0; k < contour.length; k++) {
        const [x0, y0] = contour[k]!;
        const [x1, y1] = contour[(k + 1) % contour.length]!;
        if (y0 <= y === y1 <= y) continue;
        if (x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) < x) winding += y1 > y0 ? 1 : -1;
      }
    }
    if (winding !== 0) inside++;
  }
  return inside / 256;
}

function naiveContours({ path, x, y, scale }: PlacedOutline): [number, number][][] {
  const contours: [number, number][][] = [];
  for (const [, command, list] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const n = list!.trim().split(/[ ,]+/).map(Number);
    const contour = contours.at(-1) ?? [];
    const [ax, ay] = contour.at(-1) ?? [0, 0];
    const at = (i: number): [number, number] => [x + n[i]! * scale, y - n[i + 1]! * scale];
    if (command === "M") contours.push([at(0)]);
    if (command === "L") contour.push(at(0));
    for (let i = 1; i <= 30 && (command === "Q" || command === "C"); i++) {
      const t = i / 30;
      const u = 1 - t;
      const [b, c] = [at(0), at(2)];
      if (command === "Q") {
        contour.push([
          u * u * ax + 2 * u * t * b[0] + t * t * c[0],
          u * u * ay + 2 * u * t * b[1] + t * t * c[1],
        ]);
      } else {
        const d = at(4);
        const bernstein = (p: number, q: number, r: number, s: number): number =>
          u ** 3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t ** 3 * s;
        contour.push([bernstein(ax, b[0], c[0], d[0]), bernstein(ay, b[1], c[1], d[1])]);
      }
    }
  }
  return contours;
}

function assertLikeNaive(
  outline: PlacedOutline,
  [width, height]: readonly [number, number],
  tolerance = 0.03,
): void {
  const coverage = fillOutlines(width, height, [outline]);
  for (let i = 0; i < coverage.data.length; i++) {
    const expected = naiveCoverage(outline, i % width, Math.floor(i / width));
    const found = coverage.data[i]!;
    assert.ok(
      Math.abs(found - expected) < tolerance,
      `pixel ${i % width},${Math.floor(i / width)}: ${found} instead of ${expected}`,
    );
  }
}

test("a square on the pixel grid covers its pixels wholly and no others", () => {
  const square = { path: "M1 1L1 3L4 3L4 1Z", x: 0, y: 5, scale: 1 };
  const { data } = fillOutlines(6, 6, [square]);
  const covered = [...data.keys()].filter((i) => data[i] === 1);
  assert.deepEqual(covered, [13, 14, 15, 19, 20, 21]);
  assert.equal(
    data.reduce((sum, value) => sum + value, 0),
    6,
  );
});

test("the covered area of a slanted triangle is its area", () => {
  const { data } = fillOutlines(20, 20, [
    { path: "M1.3 2.2L17.9 5.6L4.4 18.1Z", x: 0, y: 20, scale: 1 },
  ]);
  const area = 0.5 * Math.abs((17.9 - 1.3) * (18.1 - 2.2) - (4.4 - 1.3) * (5.6 - 2.2));
  assert.ok(Math.abs(data.reduce((sum, value) => sum + value, 0) - area) < 1e-3);
});

test("quadratic outlines are filled as a naive winding test fills them", () => {
  const ring =
    "M2 10Q2 18 10 18Q18 18 18 10Q18 2 10 2Q2 2 2 10ZM6 10Q6 5 11 6Q15 8 13 13Q7 14 6 10Z";
  assertLikeNaive({ path: ring, x: 0.3, y: 20.4, scale: 1 }, [20, 21]);
});

test("a character's overlapping strokes stay close to the naive winding test", () => {
  // Where two edges share a pixel their areas add up instead of uniting: single pixels differ, the text does not.
  const outline = { path: LABEL_GLYPHS.片!.path, x: 0.3, y: 11.2, scale: 0.013 };
  const { data } = fillOutlines(14, 13, [outline]);
  const errors = data.map((value, i) =>
    Math.abs(value - naiveCoverage(outline, i % 14, Math.floor(i / 14))),
  );
  assert.ok(
    errors.reduce((sum, error) => sum + error, 0) / errors.length < 0.02,
    `mean ${errors.reduce((sum, error) => sum + error, 0) / errors.length}`,
  );
  assert.ok(Math.max(...errors) < 0.3, `at most ${Math.max(...errors)}`);
});

test("straight outlines with a hole are filled as a naive winding test fills them", () => {
  assertLikeNaive({ path: LABEL_GLYPHS.A!.path, x: 1.7, y: 15.2, scale: 0.02 }, [17, 17]);
});

test("cubic outlines are filled as a naive winding test fills them", () => {
  assertLikeNaive(
    { path: "M2 2C2 30 28 30 28 2C20 12 10 -6 2 2Z", x: 0, y: 16, scale: 0.5 },
    [15, 20],
  );
});

test("overlapping contours of one direction count once", () => {
  const twice = "M1 1L1 5L5 5L5 1ZM3 1L3 5L8 5L8 1Z";
  const { data } = fillOutlines(10, 6, [{ path: twice, x: 0, y: 6, scale: 1 }]);
  assert.ok(Math.max(...data) === 1);
  assert.equal(
    data.reduce((sum, value) => sum + value, 0),
    28,
  );
});

test("what lies outside the plane is cut off", () => {
  const { data } = fillOutlines(4, 4, [{ path: "M-9 -9L-9 9L2 9L2 -9Z", x: 0, y: 0, scale: 1 }]);
  assert.deepEqual([...data], [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
});
