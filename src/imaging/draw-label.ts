import { fillOutlines } from "./fill-outline.ts";
import { LABEL_GLYPHS } from "./label-glyphs.ts";
import { type LabelLayout, placeCharacters } from "./label-layout.ts";
import type { Picture, Rect } from "./picture.ts";
import type { Plane } from "./plane.ts";

/**
 * Opacity of the black plate: white below it becomes 97 of 255, so white on it has a contrast of 6 : 1 (WCAG 2.2)
 * and a stroke of the smallest text that covers three quarters of its pixel still 3 : 1.
 */
const PLATE_OPACITY = 0.62;

/** Thin strokes cover no pixel wholly; at small sizes their coverage is raised so that they stay white. */
const STROKE_GAIN = { small: 1.25, fromEmPx: 12, toEmPx: 32 };

/** Draws the visible label's text in white on a dark plate, in place; what lies outside the picture is cut off. */
export function drawLabel(picture: Picture, layout: LabelLayout): void {
  const x0 = Math.max(0, Math.floor(layout.plate.x));
  const y0 = Math.max(0, Math.floor(layout.plate.y));
  const x1 = Math.min(picture.width, Math.ceil(layout.plate.x + layout.plate.width));
  const y1 = Math.min(picture.height, Math.ceil(layout.plate.y + layout.plate.height));
  if (x1 <= x0 || y1 <= y0) return;
  const text = inkOf(layout, { x: x0, y: y0, width: x1 - x0, height: y1 - y0 });
  const gain = strokeGain(layout.emPx);
  const width = x1 - x0;
  for (let y = y0; y < y1; y++) {
    const at = (y * picture.width + x0) * 3;
    const row = text.data.subarray((y - y0) * width, (y - y0 + 1) * width);
    inkRow(picture.data.subarray(at, at + 3 * width), row, gain);
  }
}

/** Levels of the plate over each level of the picture. */
const PLATE_LEVELS = Float32Array.from({ length: 256 }, (_, level) => level * (1 - PLATE_OPACITY));
/** The same as they are written where no text is. */
const BARE_PLATE = Uint8Array.from(PLATE_LEVELS, Math.round);

/** Lays the plate and, by its share of each pixel times a gain, the text over a row of pixels. */
function inkRow(row: Uint8Array, text: Float32Array, gain: number): void {
  for (let i = 0, at = 0; i < text.length; i++, at += 3) {
    const ink = Math.min(1, text[i]! * gain);
    if (ink === 0) {
      row[at] = BARE_PLATE[row[at]!]!;
      row[at + 1] = BARE_PLATE[row[at + 1]!]!;
      row[at + 2] = BARE_PLATE[row[at + 2]!]!;
    } else if (ink === 1) {
      row[at] = 255;
      row[at + 1] = 255;
      row[at + 2] = 255;
    } else {
      for (let c = at; c < at + 3; c++) {
        const level = PLATE_LEVELS[row[c]!]!;
        row[c] = level + (255 - level) * ink + 0.5;
      }
    }
  }
}

/** Returns how much of each pixel of an area of the picture (whole pixels) the text covers, 0..1. */
export function inkOf(layout: LabelLayout, area: Rect): Plane {
  const outlines = placeCharacters(layout).map(({ character, x, y }) => ({
    path: LABEL_GLYPHS[character]!.path,
    x: x - area.x,
    y: y - area.y,
    scale: layout.emPx / 1000,
  }));
  return fillOutlines(area.width, area.height, outlines);
}

function strokeGain(emPx: number): number {
  const t = (emPx - STROKE_GAIN.fromEmPx) / (STROKE_GAIN.toEmPx - STROKE_GAIN.fromEmPx);
  return STROKE_GAIN.small + (1 - STROKE_GAIN.small) * Math.min(1, Math.max(0, t));
}
