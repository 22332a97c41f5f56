import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { Picture, Rect } from "./picture.ts";

/**
 * Shrinks the cut of a picture to `width` x `height` means of two by two pixels, rounded. A last column or row that lacks its
 * neighbour takes itself twice; what of the cut is left over is dropped. The inner loop is kernels/halve-row.ts.
 */
export function halvePicture(
  picture: Picture,
  cut: Rect,
  { width, height }: { readonly width: number; readonly height: number },
): Picture {
  const data = new Uint8Array(width * height * 3);
  const rowBytes = picture.width * 3;
  const cutBytes = cut.width * 3;
  const pairs = Math.min(width, cut.width >> 1);
  const [upper, halved] = reserveBlocks(2 * cutBytes, 3 * width) as [number, number];
  const lower = upper + cutBytes;
  const { memory, halveRow } = loadKernels();
  const two = new Uint8Array(memory.buffer, upper, 2 * cutBytes);
  const one = new Uint8Array(memory.buffer, halved, 3 * width);
  for (let y = 0; y < height; y++) {
    const from = (cut.y + 2 * y) * rowBytes + cut.x * 3;
    const below = 2 * y + 1 < cut.height ? from + rowBytes : from;
    two.set(picture.data.subarray(from, from + cutBytes));
    two.set(picture.data.subarray(below, below + cutBytes), cutBytes);
    halveRow(upper, lower, halved, pairs, 3);
    if (pairs < width) halveRow(upper + 6 * pairs, lower + 6 * pairs, halved + 3 * pairs, 1, 0);
    data.set(one, y * 3 * width);
  }
  return { width, height, data };
}
