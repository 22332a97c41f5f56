import { LABEL_GLYPHS } from "./label-glyphs.ts";
import { LABEL_TEXTS, type LabelLanguage, type LabelText } from "./label-text.ts";
import type { Rect } from "./picture.ts";

/** Where the text of the visible label goes. */
export interface LabelLayout {
  readonly text: LabelText;
  /** The text's words on one line or two. */
  readonly lines: readonly string[];
  /** Side of a Chinese character's square. */
  readonly emPx: number;
  /** The dark plate behind the text, px of the picture; may reach over the picture's border. */
  readonly plate: Rect;
}

/** Strokes of 图 run together below this. */
const SMALLEST_EM_PX = 12;

/** Lengths in em. */
const PADDING_EM = 0.22;
const LINE_STEP_EM = 1.08;
const MARGIN_EM = 0.35;

/**
 * Places the text in the lower right corner: em of 6 % of the short side (English: 7 %), at least 12 px. When that is wider than the
 * picture (only below 120 px of width), the text goes on two lines, as large as the width allows, without a margin.
 */
export function layoutCornerLabel(
  width: number,
  height: number,
  language: LabelLanguage = "zh",
): LabelLayout {
  const text = LABEL_TEXTS[language];
  const wanted = Math.max(SMALLEST_EM_PX, Math.ceil(text.ofShortSide * Math.min(width, height)));
  const oneLine = sizeInEm(text, text.wrappings[0]);
  const fitsOneLine = (oneLine.width + MARGIN_EM) * wanted <= width;
  const lines = fitsOneLine ? text.wrappings[0] : text.wrappings[1];
  const size = sizeInEm(text, lines);
  const emPx = fitsOneLine ? wanted : Math.min(wanted, Math.floor(width / size.width));
  const margin = Math.min(Math.round(MARGIN_EM * emPx), Math.floor(width - size.width * emPx));
  const plate = {
    width: Math.ceil(size.width * emPx),
    height: Math.ceil(size.height * emPx),
  };
  return {
    text,
    lines,
    emPx,
    plate: { x: width - margin - plate.width, y: height - margin - plate.height, ...plate },
  };
}

/** Places the text in the middle of a rectangle, as large as it goes on one line or on two; the plate fills it. */
export function layoutLabelIn(rect: Rect, language: LabelLanguage = "zh"): LabelLayout {
  const text = LABEL_TEXTS[language];
  const choices = text.wrappings.map((lines) => {
    const size = sizeInEm(text, lines);
    return { lines, emPx: Math.min(rect.width / size.width, rect.height / size.height) };
  });
  const best = choices.reduce((a, b) => (b.emPx > a.emPx ? b : a));
  return { ...best, text, plate: rect };
}

/** Returns each character with the place of its origin on the baseline, px of the picture. */
export function placeCharacters(
  layout: LabelLayout,
): { readonly character: string; readonly x: number; readonly y: number }[] {
  const { text, lines, emPx, plate } = layout;
  const inkHeight = inkHeightEm(text, lines) * emPx;
  const top = plate.y + (plate.height - inkHeight) / 2;
  return lines.flatMap((line, row) => {
    const y = Math.round(top + (text.above + LINE_STEP_EM * row) * emPx);
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

function inkHeightEm(text: LabelText, lines: readonly string[]): number {
  return LINE_STEP_EM * (lines.length - 1) + text.above + text.below;
}

function sizeInEm(text: LabelText, lines: readonly string[]): { width: number; height: number } {
  return {
    width: Math.max(...lines.map(widthInEm)) + 2 * PADDING_EM,
    height: inkHeightEm(text, lines) + 2 * PADDING_EM,
  };
}
