import type { Picture } from "./picture.ts";

/**
 * Resizes a picture to `side` x `side` without keeping its proportions and returns planes R G B of 0..1. Each result is
 * the bilinear mixture of the four pixels nearest to its place, whatever the ratio, with the corners on the corners:
 * TensorFlow's `resizeBilinear` with `alignCorners`. Networks that were trained on its aliasing need just that.
 */
export function resizeAliased(picture: Picture, side: number): Float32Array {
  const planes = new Float32Array(3 * side * side);
  const columns = placesAlong(picture.width, side);
  for (const [y, row] of placesAlong(picture.height, side).entries()) {
    const above = row.first * picture.width;
    const below = row.second * picture.width;
    for (const [x, column] of columns.entries()) {
      for (let channel = 0; channel < 3; channel++) {
        const at = (pixel: number): number => picture.data[pixel * 3 + channel]!;
        const top = mix(at(above + column.first), at(above + column.second), column.share);
        const bottom = mix(at(below + column.first), at(below + column.second), column.share);
        planes[(channel * side + y) * side + x] = mix(top, bottom, row.share) / 255;
      }
    }
  }
  return planes;
}

/** Two neighbouring pixels and how much of the second one goes into the mixture. */
interface Place {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

function placesAlong(length: number, side: number): readonly Place[] {
  return Array.from({ length: side }, (_, i) => {
    const place = (i * (length - 1)) / (side - 1);
    const first = Math.floor(place);
    return { first, second: Math.min(first + 1, length - 1), share: place - first };
  });
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
