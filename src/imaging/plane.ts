/** One channel of floats, rows without padding. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** `width * height` values, top row first. */
  readonly data: Float32Array;
}

/** Makes a plane of zeros, or of one value. */
export function createPlane(width: number, height: number, value = 0): Plane {
  const data = new Float32Array(width * height);
  if (value !== 0) data.fill(value);
  return { width, height, data };
}

/** Makes a plane by asking for each cell's value by index. */
export function planeFrom(
  width: number,
  height: number,
  valueAt: (index: number) => number,
): Plane {
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = valueAt(i);
  return { width, height, data };
}

/** The plane's values where another one exceeds `above`, in their order. */
export function valuesUnder(plane: Plane, mask: Plane, above: number): Float32Array {
  const values = new Float32Array(plane.data.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (mask.data[i]! > above) values[count++] = plane.data[i]!;
  }
  return values.subarray(0, count);
}

/** Adds two planes of one size, cell by cell. */
export function addPlanes(a: Plane, b: Plane): Plane {
  const sum = createPlane(a.width, a.height);
  for (let i = 0; i < sum.data.length; i++) sum.data[i] = a.data[i]! + b.data[i]!;
  return sum;
}

/** Takes plane `b` from plane `a` of the same size, cell by cell. */
export function subtractPlanes(a: Plane, b: Plane): Plane {
  const difference = createPlane(a.width, a.height);
  for (let i = 0; i < difference.data.length; i++) difference.data[i] = a.data[i]! - b.data[i]!;
  return difference;
}
