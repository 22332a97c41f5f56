import type { Picture, Rect } from "./picture.ts";

/** A picture with opacity: one byte a pixel, absent when it is opaque. */
export interface Overlay extends Picture {
  readonly alpha?: Uint8Array | undefined;
}

/** Which source cells make one target cell: weights of consecutive cells, their sum is 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float32Array;
}

/** Where the overlay's pixels go along one axis, and how much of it lies in the picture. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly taps: readonly Taps[];
}

/**
 * Stretches an overlay into a rectangle (rounded to whole pixels) and blends it over the picture, in place. Enlarges
 * bilinearly and averages when shrinking; colours are weighted with their opacity, so hidden colours do not bleed.
 * What lies outside the picture is cut off.
 */
export function overlayPicture(picture: Picture, overlay: Overlay, rect: Rect): void {
  const across = spanOf(rect.x, rect.width, overlay.width, picture.width);
  const down = spanOf(rect.y, rect.height, overlay.height, picture.height);
  for (let y = down.from; y < down.to; y++) {
    const row = mixRows(overlay, down.taps[y - down.from]!);
    blendRow(picture, row, across, y);
  }
}

function spanOf(start: number, length: number, cells: number, limit: number): Span {
  const origin = Math.round(start);
  const count = Math.max(1, Math.round(length));
  const from = Math.max(0, origin);
  const to = Math.max(from, Math.min(limit, origin + count));
  const taps = Array.from({ length: to - from }, (_, i) => tapsOf(from + i - origin, count, cells));
  return { from, to, taps };
}

/** A triangle as wide as the source cells that fall on one target cell, at least one cell to either side. */
function tapsOf(index: number, count: number, cells: number): Taps {
  const scale = cells / count;
  const reach = Math.max(1, scale);
  const centre = (index + 0.5) * scale - 0.5;
  const first = Math.max(0, Math.ceil(centre - reach));
  const last = Math.min(cells - 1, Math.floor(centre + reach));
  const weights = Float32Array.from(
    { length: last - first + 1 },
    (_, i) => reach - Math.abs(first + i - centre),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}

/** Returns one row of R G B (times opacity) and opacity 0..1, four floats a pixel of the overlay's width. */
function mixRows(overlay: Overlay, taps: Taps): Float32Array {
  const { width, data, alpha } = overlay;
  const row = new Float32Array(width * 4);
  for (let k = 0; k < taps.weights.length; k++) {
    const start = (taps.first + k) * width;
    for (let x = 0; x < width; x++) {
      const opacity = taps.weights[k]! * (alpha ? alpha[start + x]! / 255 : 1);
      const from = (start + x) * 3;
      row[x * 4] = row[x * 4]! + data[from]! * opacity;
      row[x * 4 + 1] = row[x * 4 + 1]! + data[from + 1]! * opacity;
      row[x * 4 + 2] = row[x * 4 + 2]! + data[from + 2]! * opacity;
      row[x * 4 + 3] = row[x * 4 + 3]! + opacity;
    }
  }
  return row;
}

function blendRow(picture: Picture, row: Float32Array, across: Span, y: number): void {
  const mixed = new Float32Array(4);
  for (let x = across.from; x < across.to; x++) {
    const { first, weights } = across.taps[x - across.from]!;
    mixed.fill(0);
    for (let k = 0; k < weights.length; k++) {
      for (let c = 0; c < 4; c++) mixed[c] = mixed[c]! + weights[k]! * row[(first + k) * 4 + c]!;
    }
    const at = (y * picture.width + x) * 3;
    for (let c = 0; c < 3; c++) {
      picture.data[at + c] = Math.round(picture.data[at + c]! * (1 - mixed[3]!) + mixed[c]!);
    }
  }
}
