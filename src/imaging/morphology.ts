import { distanceToMask } from "./distance-transform.ts";
import { createPlane, type Plane } from "./plane.ts";

/** Grows a mask (cells above a threshold) by a radius in cells; the result is 0 or 1. */
export function dilate(mask: Plane, radius: number, threshold = 0.5): Plane {
  const { data } = distanceToMask(mask, threshold, false);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! <= radius ? 1 : 0;
  return { ...mask, data };
}

/** Shrinks a mask (cells > 0.5) by a radius in cells; the world outside the plane does not count as empty. */
export function erode(mask: Plane, radius: number): Plane {
  const { data } = distanceToMask(mask, 0.5, true);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! > radius ? 1 : 0;
  return { ...mask, data };
}

/** Removes specks narrower than twice the radius. */
export function open(mask: Plane, radius: number): Plane {
  return dilate(erode(mask, radius), radius);
}

/** Marks all cells that can be reached from a seed through passable cells, in steps to the four neighbours. */
export function flood(
  size: { readonly width: number; readonly height: number },
  isSeed: (index: number) => boolean,
  isPassable: (index: number) => boolean,
): Plane {
  const { width, height } = size;
  const reached = createPlane(width, height);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (reached.data[i] === 1) return;
    reached.data[i] = 1;
    stack.push(i);
  };
  const step = (i: number): void => {
    if (isPassable(i)) visit(i);
  };
  for (let i = 0; i < width * height; i++) if (isSeed(i)) visit(i);
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) step(i - 1);
    if (x + 1 < width) step(i + 1);
    if (i >= width) step(i - width);
    if (i + width < width * height) step(i + width);
  }
  return reached;
}
