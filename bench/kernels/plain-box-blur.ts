import { createPlane, type Plane } from "../../src/imaging/plane.ts";

/**
 * The same as boxBlur without a kernel: mean over a (2r+1)² window with edge values repeated, `passes` times. Running sums: the cost does not depend on r.
 * Three passes come close to a Gaussian (Wells 1986).
 */
export function plainBoxBlur(plane: Plane, radius: number, passes = 1): Plane {
  if (radius < 1) return plane;
  let from = createPlane(plane.width, plane.height);
  blurRows(plane, from, radius, passes);
  let to = createPlane(plane.width, plane.height);
  for (let pass = 0; pass < passes; pass++) {
    blurColumns(from, to, radius);
    [from, to] = [to, from];
  }
  return from;
}

/** Blurs each row `passes` times while it is in the cache. */
function blurRows(source: Plane, target: Plane, radius: number, passes: number): void {
  const { width, height } = source;
  let line = new Float32Array(width);
  let next = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    line.set(source.data.subarray(y * width, (y + 1) * width));
    for (let pass = 0; pass < passes; pass++) {
      blurLine(line, next, radius);
      [line, next] = [next, line];
    }
    target.data.set(line, y * width);
  }
}

function blurLine(from: Float32Array, to: Float32Array, radius: number): void {
  const last = from.length - 1;
  const scale = 1 / (2 * radius + 1);
  let sum = from[0]! * (radius + 1);
  for (let k = 1; k <= radius; k++) sum += from[k > last ? last : k]!;
  for (let x = 0; x <= last; x++) {
    to[x] = sum * scale;
    const enter = x + radius + 1;
    const leave = x - radius;
    sum += from[enter > last ? last : enter]! - from[leave < 0 ? 0 : leave]!;
  }
}

function blurColumns(source: Plane, target: Plane, radius: number): void {
  const { width, height } = source;
  const scale = 1 / (2 * radius + 1);
  const sums = new Float64Array(width);
  for (let k = -radius; k <= radius; k++) {
    const row = (k < 0 ? 0 : k >= height ? height - 1 : k) * width;
    for (let x = 0; x < width; x++) sums[x]! += source.data[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const enter = Math.min(y + radius + 1, height - 1) * width;
    const leave = Math.max(y - radius, 0) * width;
    for (let x = 0; x < width; x++) {
      target.data[row + x] = sums[x]! * scale;
      sums[x]! += source.data[enter + x]! - source.data[leave + x]!;
    }
  }
}
