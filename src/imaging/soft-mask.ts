import { gaussianBlur } from "./box-blur.ts";
import { fillPolygon, type Outline } from "./fill-polygon.ts";
import { createPlane, type Plane } from "./plane.ts";

/** A mask 0..1 over a part of a picture. */
export interface SoftMask {
  /** Whole-pixel place of the mask's first cell in the picture. */
  readonly x: number;
  readonly y: number;
  readonly plane: Plane;
}

const SUBPIXELS = 4;

/**
 * Fills an outline (x y x y …, picture pixels) with smooth edges and blurs it; the window is the outline's bounding box
 * grown by the blur and clipped to the picture. Returns undefined when nothing of it lies in the picture.
 */
export function softMaskOf(
  outline: Outline,
  blurSigma: number,
  size: { readonly width: number; readonly height: number },
): SoftMask | undefined {
  const margin = Math.ceil(3 * blurSigma) + 2;
  const [left, top, right, bottom] = boundsOfOutline(outline);
  const x = Math.max(0, Math.floor(left) - margin);
  const y = Math.max(0, Math.floor(top) - margin);
  const width = Math.min(size.width, Math.ceil(right) + margin) - x;
  const height = Math.min(size.height, Math.ceil(bottom) + margin) - y;
  if (width <= 0 || height <= 0) return undefined;
  const fine = createPlane(width * SUBPIXELS, height * SUBPIXELS);
  const moved = Float64Array.from(outline, (v, i) => (v - (i % 2 === 0 ? x : y)) * SUBPIXELS);
  fillPolygon(fine, moved);
  return { x, y, plane: gaussianBlur(reduce(fine, width, height), blurSigma) };
}

function boundsOfOutline(outline: Outline): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]!);
    right = Math.max(right, outline[i]!);
    top = Math.min(top, outline[i + 1]!);
    bottom = Math.max(bottom, outline[i + 1]!);
  }
  return [left, top, right, bottom];
}

function reduce(fine: Plane, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  const share = 1 / (SUBPIXELS * SUBPIXELS);
  for (let row = 0, from = 0; row < fine.height; row++) {
    const to = Math.floor(row / SUBPIXELS) * width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let n = 0; n < SUBPIXELS; n++) sum += fine.data[from++]!;
      plane.data[to + x]! += sum * share;
    }
  }
  return plane;
}

/** Calls back for every cell of the mask above 0 with the picture's pixel index, the mask's value and the cell's index. */
export function forEachMasked(
  mask: SoftMask,
  pictureWidth: number,
  visit: (pixel: number, value: number, cell: number) => void,
): void {
  const { width, height, data } = mask.plane;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const value = data[cell]!;
      if (value > 0.001) visit((mask.y + y) * pictureWidth + mask.x + x, value, cell);
    }
  }
}
