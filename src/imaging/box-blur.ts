import { createPlane, type Plane } from "./plane.ts";

/**
 * Mean over a (2r+1)² window with edge values repeated, `passes` times. Running sums: the cost does not depend on r.
 * Three passes come close to a Gaussian (Wells 1986).
 */
export function boxBlur(plane: Plane, radius: number, passes = 1): Plane {
  if (radius < 1) return plane;
  let from = plane;
  const spare = createPlane(plane.width, plane.height);
  let to = createPlane(plane.width, plane.height);
  for (let pass = 0; pass < passes; pass++) {
    blurRows(from, spare, radius);
    blurColumns(spare, to, radius);
    if (pass === 0) from = createPlane(plane.width, plane.height);
    [from, to] = [to, from];
  }
  return from;
}

function blurRows(source: Plane, target: Plane, radius: number): void {
  const { width, height } = source;
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = row + width - 1;
    let sum = source.data[row]! * (radius + 1);
    for (let k = 1; k <= radius; k++) sum += source.data[Math.min(row + k, last)]!;
    for (let x = 0; x < width; x++) {
      target.data[row + x] = sum * scale;
      const enter = Math.min(row + x + radius + 1, last);
      const leave = Math.max(row + x - radius, row);
      sum += source.data[enter]! - source.data[leave]!;
    }
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

/** Approximate Gaussian blur: three box passes of radius round(sigma - 0.4), edge values repeated. */
export function gaussianBlur(plane: Plane, sigma: number): Plane {
  return boxBlur(plane, Math.round(sigma - 0.4), 3);
}
