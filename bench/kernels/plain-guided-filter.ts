import { boxBlur } from "../../src/imaging/box-blur.ts";
import { createPlane, type Plane } from "../../src/imaging/plane.ts";

/**
 * Self-guided filter: smooths a plane but keeps edges whose variance exceeds `epsilon` (units of the plane squared).
 * He, Sun & Tang 2010; four box means, cost independent of the radius.
 */
export function plainGuidedFilter(plane: Plane, radius: number, epsilon: number): Plane {
  const { width, height, data } = plane;
  const mean = boxBlur(plane, radius).data;
  const squares = createPlane(width, height);
  for (let i = 0; i < data.length; i++) squares.data[i] = data[i]! * data[i]!;
  const meanOfSquares = boxBlur(squares, radius).data;
  const slope = createPlane(width, height);
  const offset = createPlane(width, height);
  for (let i = 0; i < data.length; i++) {
    const variance = Math.max(0, meanOfSquares[i]! - mean[i]! * mean[i]!);
    const share = variance / (variance + epsilon);
    slope.data[i] = share;
    offset.data[i] = mean[i]! * (1 - share);
  }
  const smoothSlope = boxBlur(slope, radius).data;
  // A plane of its own: `offset` is not read again.
  const smooth = boxBlur(offset, radius);
  for (let i = 0; i < data.length; i++) smooth.data[i]! += smoothSlope[i]! * data[i]!;
  return smooth;
}
