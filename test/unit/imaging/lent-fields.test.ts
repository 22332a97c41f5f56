import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { FieldScale } from "../../../src/imaging/field-places.ts";
import { loadKernels, reserveBlocks } from "../../../src/imaging/kernels/kernels.ts";
import { prepareFields } from "../../../src/imaging/lent-fields.ts";
import { type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { aNoisePlane, assertClose, repeatedAt } from "../../support/planes.ts";

/** Bilinear by its formula: cell centres lie at (cell + 0.5) * cellPx, edges are repeated. */
function bilinearAt(plane: Plane, x: number, y: number, cellPx: number): number {
  const [u, v] = [(x + 0.5) / cellPx - 0.5, (y + 0.5) / cellPx - 0.5];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const [s, t] = [u - i, v - j];
  return (
    repeatedAt(plane, i, j) * (1 - s) * (1 - t) +
    repeatedAt(plane, i + 1, j) * s * (1 - t) +
    repeatedAt(plane, i, j + 1) * (1 - s) * t +
    repeatedAt(plane, i + 1, j + 1) * s * t
  );
}

/** Enlarges planes and returns a reader of single rows. */
function enlarge(planes: readonly Plane[], scale: FieldScale) {
  const prepared = prepareFields(planes, scale);
  const [at] = reserveBlocks(prepared.bytes) as [number];
  const fields = prepared.lend(at);
  return (y: number, first = 0, count = planes.length): Float32Array[] => {
    fields.seekRow(y, first, count);
    const { buffer } = loadKernels().memory;
    return planes.map((_, i) =>
      new Float32Array(buffer, fields.rowsAt + i * fields.pitch, scale.widthPx).slice(),
    );
  };
}

test("each field is interpolated between its cells' centres and repeated beyond its edges", () => {
  const side = fc.integer({ min: 1, max: 6 });
  const cell = fc.constantFrom(1, 2, 3.7, 8);
  fc.assert(
    fc.property(side, side, cell, fc.nat(), (width, height, cellPx, seed) => {
      const planes = [0, 1, 2].map((f) => aNoisePlane(width, height, { seed: seed + f, low: -9 }));
      const widthPx = Math.floor(width * cellPx + 2);
      const rowsAt = enlarge(planes, { cellPx, widthPx });
      for (let y = 0; y < height * cellPx + 2; y++) {
        const rows = rowsAt(y);
        for (let x = 0; x < widthPx; x++) {
          assertClose(
            rows.map((row) => row[x]!),
            planes.map((plane) => bilinearAt(plane, x, y, cellPx)),
            1e-4,
          );
        }
      }
    }),
    { numRuns: 25 },
  );
});

test("rows may be asked for in any order, and for some of the fields only", () => {
  const planes = [planeFrom(2, 3, (i) => i), planeFrom(2, 3, (i) => 10 * i)];
  const rowsAt = enlarge(planes, { cellPx: 1, widthPx: 2 });
  for (const y of [2, 0, 1, 0]) assert.equal(rowsAt(y)[0]![1], 2 * y + 1);
  rowsAt(0);
  const [first, second] = rowsAt(2, 1, 1);
  assert.equal(first![1], 1);
  assert.equal(second![1], 50);
});

test("a shift moves the pixels over the cells", () => {
  const plane = aNoisePlane(5, 4, { seed: 2 });
  const [row] = enlarge([plane], { cellPx: 3, widthPx: 12, shiftPx: 1.5 })(4);
  assertClose([row![7]!], [bilinearAt(plane, 8.5, 5.5, 3)], 1e-5);
});
