import { inkOf } from "../imaging/draw-label.ts";
import { type LabelLayout, layoutCornerLabel } from "../imaging/label-layout.ts";
import { LABEL_LANGUAGES } from "../imaging/label-text.ts";
import type { Picture, Rect } from "../imaging/picture.ts";

/** The default text, found where it is drawn. */
export interface FoundVisibleLabel {
  readonly text: string;
  /** The plate, px of the picture. */
  readonly plate: Rect;
  /** Height of a character in part of the picture's short side. */
  readonly heightOfShortSide: number;
  /** Likeness of the pixels to the text, up to 1. */
  readonly likeness: number;
}

/** Text on a photo reaches 0.9 and more; a photo without it stays below 0.3. */
const LEAST_LIKENESS = 0.6;

/**
 * Looks for the default text in the lower right corner, where results of this picture's size have it. A label of a
 * caller's own, in another place or in a picture cut or resized since, is not found.
 */
export function findVisibleLabel(picture: Picture): FoundVisibleLabel | undefined {
  const { width, height } = picture;
  for (const language of LABEL_LANGUAGES) {
    const layout = layoutCornerLabel(width, height, language);
    const likeness = likenessTo(picture, layout);
    if (likeness < LEAST_LIKENESS) continue;
    const { text, plate, emPx } = layout;
    const heightOfShortSide = (text.character * emPx) / Math.min(width, height);
    return { text: text.wrappings[0][0], plate, heightOfShortSide, likeness };
  }
  return undefined;
}

/** Correlation (Pearson) of brightness and ink over the plate. */
function likenessTo(picture: Picture, layout: LabelLayout): number {
  const { plate } = layout;
  const ink = inkOf(layout, plate);
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let y = 0; y < plate.height; y++) {
    for (let x = 0; x < plate.width; x++) {
      const covered = ink.data[y * plate.width + x]!;
      const green = picture.data[((plate.y + y) * picture.width + plate.x + x) * 3 + 1]!;
      sx += covered;
      sy += green;
      sxx += covered * covered;
      syy += green * green;
      sxy += covered * green;
    }
  }
  const count = plate.width * plate.height;
  const spread = (sxx - (sx * sx) / count) * (syy - (sy * sy) / count);
  return spread > 0 ? (sxy - (sx * sy) / count) / Math.sqrt(spread) : 0;
}
