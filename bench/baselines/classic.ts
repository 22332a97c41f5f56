import type { Picture } from "../../src/imaging/picture.ts";
import { clamp } from "../../src/imaging/scalar.ts";
import { type Lab, labFromRgb, rgbFromLab } from "../metrics/lab.ts";
import type { Baseline } from "./baseline.ts";
import { CELL, solveMembrane } from "./membrane.ts";
import { copyPicture, type WarpedFace, warpFace } from "./warp-face.ts";

/**
 * The textbook method: piecewise affine warp onto the template's mesh, mean and deviation of Lab on the
 * mesh's area matched to the template's (Reinhard 2001), full Poisson cloning (Perez 2003).
 */
export const classic: Baseline = {
  name: "classic",
  fuse(template, pairs, triangles) {
    const result = copyPicture(template);
    for (const pair of pairs) {
      const face = warpFace(template, pair, triangles);
      matchLab(face, template);
      clone(face, result);
    }
    return result;
  },
};

/** Limits of the deviations' ratio, so that a flat face is not blown up to noise. */
const RATIO = { min: 0.6, max: 1.6 } as const;

function matchLab(face: WarpedFace, template: Picture): void {
  const own = statistics(face, (at) => roundedRgb(face.rgb, 3 * at));
  const wanted = statistics(face, (at) => roundedRgb(template.data, offsetIn(template, face, at)));
  const ratio = own.deviation.map((d, c) =>
    clamp(wanted.deviation[c]! / Math.max(d, 1e-3), RATIO.min, RATIO.max),
  );
  for (let at = 0; at < face.covered.length; at++) {
    if (!face.covered[at]) continue;
    const lab = labFromRgb(...roundedRgb(face.rgb, 3 * at));
    const moved = lab.map((v, c) => (v - own.mean[c]!) * ratio[c]! + wanted.mean[c]!);
    face.rgb.set(rgbFromLab(moved as unknown as Lab), 3 * at);
  }
}

function statistics(
  face: WarpedFace,
  rgbAt: (at: number) => [number, number, number],
): { mean: number[]; deviation: number[] } {
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  for (let at = 0; at < face.covered.length; at++) {
    if (!face.covered[at]) continue;
    const lab = labFromRgb(...rgbAt(at));
    count++;
    for (let c = 0; c < 3; c++) {
      sum[c]! += lab[c]!;
      squares[c]! += lab[c]! ** 2;
    }
  }
  const mean = sum.map((v) => v / Math.max(1, count));
  const deviation = squares.map((v, c) =>
    Math.sqrt(Math.max(0, v / Math.max(1, count) - mean[c]! ** 2)),
  );
  return { mean, deviation };
}

function roundedRgb(data: ArrayLike<number>, at: number): [number, number, number] {
  return [Math.round(data[at]!), Math.round(data[at + 1]!), Math.round(data[at + 2]!)];
}

/** Index of the first channel of a window cell in the whole picture. */
function offsetIn(picture: Picture, { window }: WarpedFace, at: number): number {
  const x = at % window.width;
  return ((window.y + (at - x) / window.width) * picture.width + window.x + x) * 3;
}

function clone(face: WarpedFace, result: Picture): void {
  const { width, height } = face.window;
  const cells = cellsOf(face);
  for (let c = 0; c < 3; c++) {
    const values = new Float32Array(cells.length);
    for (let at = 0; at < cells.length; at++) {
      if (cells[at] !== CELL.fixed) continue;
      values[at] = result.data[offsetIn(result, face, at) + c]! - face.rgb[3 * at + c]!;
    }
    const added = solveMembrane({ width, height, cells, values });
    for (let at = 0; at < cells.length; at++) {
      if (cells[at] !== CELL.unknown) continue;
      const value = face.rgb[3 * at + c]! + added[at]!;
      result.data[offsetIn(result, face, at) + c] = Math.round(clamp(value, 0, 255));
    }
  }
}

/** Covered cells with an uncovered neighbour hold the template's values; the other covered ones are solved for. */
function cellsOf({ window, covered }: WarpedFace): Uint8Array {
  const { width, height } = window;
  return covered.map((is, at) => {
    if (!is) return CELL.outside;
    const x = at % width;
    const y = (at - x) / width;
    const isInner =
      (x === 0 || covered[at - 1] === 1) &&
      (x + 1 === width || covered[at + 1] === 1) &&
      (y === 0 || covered[at - width] === 1) &&
      (y + 1 === height || covered[at + width] === 1);
    return isInner ? CELL.unknown : CELL.fixed;
  });
}
