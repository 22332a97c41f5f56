import { LABEL_GLYPHS } from "./label-glyphs.ts";
import type { Rect } from "./picture.ts";

/** Where the text of the visible label goes. */
export interface LabelLayout {
  readonly lines: readonly string[];
  /** Side of a Chinese character's square; its ink is 0.93 of it. */
  readonly emPx: number;
  /** The dark plate behind the text, px of the picture; may reach over the picture's border. */
  readonly plate: Rect;
}

/** On one line, or cut where the sentence breathes. */
const WRAPPINGS = [["本图片为AI合成图片"], ["本图片为", "AI合成图片"]] as const;

/** GB 45438-2025 asks for characters of at least 5 % of the short side; 0.06 em leaves 5.5 % of ink. */
const EM_PER_SHORT_SIDE = 0.06;

/** Strokes of 图 run together below this. */
const SMALLEST_EM_PX = 12;

/** Lengths in em. Ink reaches from 0.09 below the baseline to 0.85 above it. */
const PADDING_EM = 0.22;
const INK_ABOVE_EM = 0.85;
const INK_BELOW_EM = 0.09;
const LINE_STEP_EM = 1.08;
const MARGIN_EM = 0.35;

/**
 * Places the text in the lower right corner: em of 6 % of the short side, at least 12 px. When that is wider than the
 * picture (only below 120 px of width), the text goes on two lines, as large as the width allows, without a margin.
 */
export function layoutCornerLabel(width: number, height: number): LabelLayout {
  const wanted = Math.max(SMALLEST_EM_PX, Math.ceil(EM_PER_SHORT_SIDE * Math.min(width, height)));
  const oneLine = sizeInEm(WRAPPINGS[0]);
  const fitsOneLine = (oneLine.width + MARGIN_EM) * wanted <= width;
  const lines = fitsOneLine ? WRAPPINGS[0] : WRAPPINGS[1];
  const size = sizeInEm(lines);
  const emPx = fitsOneLine ? wanted : Math.min(wanted, Math.floor(width / size.width));
  const margin = Math.min(Math.round(MARGIN_EM * emPx), Math.floor(width - size.width * emPx));
  const plate = {
    width: Math.ceil(size.width * emPx),
    height: Math.ceil(size.height * emPx),
  };
  return {
    lines,
    emPx,
    plate: { x: width - margin - plate.width, y: height - margin - plate.height, ...plate },
  };
}

/** Places the text in the middle of a rectangle, as large as it goes on one line or on two; the plate fills it. */
export function layoutLabelIn(rect: Rect): LabelLayout {
  const choices = WRAPPINGS.map((lines) => {
    const size = sizeInEm(lines);
    return { lines, emPx: Math.min(rect.width / size.width, rect.height / size.height) };
  });
  const best = choices.reduce((a, b) => (b.emPx > a.emPx ? b : a));
  return { ...best, plate: rect };
}

/** Returns each character with the place of its origin on the baseline, px of the picture. */
export function placeCharacters(
  layout: LabelLayout,
): { readonly character: string; readonly x: number; readonly y: number }[] {
  const { lines, emPx, plate } = layout;
  const inkHeight = (LINE_STEP_EM * (lines.length - 1) + INK_ABOVE_EM + INK_BELOW_EM) * emPx;
  const top = plate.y + (plate.height - inkHeight) / 2;
  return lines.flatMap((line, row) => {
    const y = Math.round(top + (INK_ABOVE_EM + LINE_STEP_EM * row) * emPx);
    let x = Math.round(plate.x + (plate.width - widthInEm(line) * emPx) / 2);
    return [...line].map((character) => {
      const placed = { character, x, y };
      x += advanceInEm(character) * emPx;
      return placed;
    });
  });
}

function advanceInEm(character: string): number {
  return LABEL_GLYPHS[character]!.advance / 1000;
}

function widthInEm(line: string): number {
  return [...line].reduce((sum, character) => sum + advanceInEm(character), 0);
}

function sizeInEm(lines: readonly string[]): { width: number; height: number } {
  return {
    width: Math.max(...lines.map(widthInEm)) + 2 * PADDING_EM,
    height: LINE_STEP_EM * (lines.length - 1) + INK_ABOVE_EM + INK_BELOW_EM + 2 * PADDING_EM,
  };
}
