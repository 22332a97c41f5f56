import { boxBlur } from "./box-blur.ts";
import { type Plane, planeFrom } from "./plane.ts";

/**
 * Self-guided filter: smooths a plane but keeps edges whose variance exceeds `epsilon` (units of the plane squared).
 * He, Sun & Tang 2010; four box means, cost independent of the radius.
 */
export function guidedFilter(plane: Plane, radius: number, epsilon: number): Plane {
  const { width, height, data } = plane;
  const mean = boxBlur(plane, radius);
  const meanOfSquares = boxBlur(
    planeFrom(width, height, (i) => data[i]! * data[i]!),
    radius,
  );
  const slope = planeFrom(width, height, (i) => {
    const variance = Math.max(0, meanOfSquares.data[i]! - mean.data[i]! * mean.data[i]!);
    return variance / (variance + epsilon);
  });
  const offset = planeFrom(width, height, (i) => mean.data[i]! * (1 - slope.data[i]!));
  const smoothSlope = boxBlur(slope, radius);
  const smoothOffset = boxBlur(offset, radius);
  return planeFrom(width, height, (i) => smoothSlope.data[i]! * data[i]! + smoothOffset.data[i]!);
}
