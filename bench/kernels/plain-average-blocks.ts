import type { Picture } from "../../src/imaging/picture.ts";

/**
 * The same as averageBlocks for blocks of 4 and more of a whole picture, without kernel: of each block the pixels 0 2 4 ... of the
 * rows 0 4 8 ... and 1 3 5 ... of the rows 3 7 11 ....
 */
export function plainAverageBlocks({ width, height, data }: Picture, block: number): Picture {
  const size = { width: Math.ceil(width / block), height: Math.ceil(height / block) };
  const means = new Uint8Array(3 * size.width * size.height);
  for (let row = 0, to = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++, to += 3) {
      const sums = [0, 0, 0];
      let count = 0;
      for (let y = row * block; y < Math.min(height, (row + 1) * block); y++) {
        if (y % 4 === 1 || y % 4 === 2) continue;
        const right = Math.min(width, (column + 1) * block);
        for (let x = column * block + (y % 4 === 3 ? 1 : 0); x < right; x += 2, count++) {
          for (let c = 0; c < 3; c++) sums[c]! += data[3 * (y * width + x) + c]!;
        }
      }
      for (let c = 0; c < 3; c++) means[to + c] = sums[c]! / count + 0.5;
    }
  }
  return { ...size, data: means };
}
