import type { Picture } from "../../src/imaging/picture.ts";
import type { FaceWindow } from "./face-window.ts";

/** Largest difference of any channel value between two pictures of one size, outside the given windows. */
export function maxDifferenceOutside(
  a: Picture,
  b: Picture,
  windows: readonly FaceWindow[],
): number {
  let largest = 0;
  for (let y = 0; y < a.height; y++) {
    const spans = windows.filter((w) => y >= w.y && y < w.y + w.height);
    for (let x = 0; x < a.width; x++) {
      const span = spans.find((w) => x >= w.x && x < w.x + w.width);
      if (span) {
        x = span.x + span.width - 1;
        continue;
      }
      const at = (y * a.width + x) * 3;
      for (let c = at; c < at + 3; c++) {
        const difference = Math.abs(a.data[c]! - b.data[c]!);
        if (difference > largest) largest = difference;
      }
    }
  }
  return largest;
}
