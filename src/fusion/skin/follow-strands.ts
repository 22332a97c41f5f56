import { POINT } from "../face-regions.ts";
import type { FineLines } from "./fine-lines.ts";

/** Contrast (log units) with the skin beside it that a strand has, at least: usually, and for the preset made for occlusions. */
const CONTRAST = { usual: 0.07, bold: 0.05 } as const;
/** How long (over the face scale) a strand runs without a gap: folds and brows are shorter, or run across the face. */
const SHORTEST = { usual: 0.13, bold: 0.1 } as const;

/** What strands may be, by cell of the lines. */
export interface StrandRules {
  /** Where a strand may begin. */
  readonly isBeginning: (cell: number) => boolean;
  /** What has lines of its own, or is known for hair: a strand may cross it, but its length there does not count. */
  readonly isUncounted: (cell: number) => boolean;
  /** What is never part of one. */
  readonly isClosed: (cell: number) => boolean;
  readonly isBold: boolean;
}

/**
 * Follows strands of hair: long narrow lines, all darker or all lighter than the skin, that run down the face, at 45 degrees
 * at most. Returns the cells' indices. Lengths are those of the longest way of single steps through a cell (path openings: Talbot & Appleton 2007).
 */
export function followStrands(lines: FineLines, mesh: Float32Array, rules: StrandRules): number[] {
  const { width } = lines;
  const size = rules.isBold ? "bold" : "usual";
  const marks = markLines(lines, CONTRAST[size], rules.isClosed);
  const isCounted = marks.map((mark, i) => (mark !== 0 && !rules.isUncounted(i) ? 1 : 0));
  const lengths = longestWays({ marks, isCounted }, lines, isUpright(mesh));
  const shortest = SHORTEST[size] * lines.scale;
  const isLong = marks.map((_, i) => (lengths[i]! >= shortest ? 1 : 0));
  return connected(isLong, width, rules.isBeginning);
}

/** Marks dark lines with 1 and light ones with 2; the plane's edges stay free. */
function markLines(
  { width, darkness: { data } }: FineLines,
  contrast: number,
  isClosed: (cell: number) => boolean,
): Uint8Array {
  const marks = new Uint8Array(data.length);
  for (let i = width + 1; i < marks.length - width - 1; i++) {
    if (Math.abs(data[i]!) > contrast && !isClosed(i)) marks[i] = data[i]! > 0 ? 1 : 2;
  }
  return marks;
}

/** The marked cells that a marked beginning leads to, in steps to the eight neighbours. */
function connected(
  marks: Uint8Array,
  width: number,
  isBeginning: (cell: number) => boolean,
): number[] {
  const found: number[] = [];
  const visit = (i: number): void => {
    if (marks[i] !== 1) return;
    marks[i] = 0;
    found.push(i);
  };
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1 && isBeginning(i)) visit(i);
  // The list grows while it is walked through: neighbours are appended.
  for (let n = 0; n < found.length; n++) {
    for (const row of [found[n]! - width, found[n]!, found[n]! + width]) {
      for (let near = row - 1; near <= row + 1; near++) visit(near);
    }
  }
  return found;
}

function isUpright(mesh: Float32Array): boolean {
  const [top, chin] = [3 * POINT.foreheadTop, 3 * POINT.chin];
  return Math.abs(mesh[chin + 1]! - mesh[top + 1]!) >= Math.abs(mesh[chin]! - mesh[top]!);
}

/** For each marked cell, how many counted cells the longest way of one mark through it along the face has. */
function longestWays(
  { marks, isCounted }: { readonly marks: Uint8Array; readonly isCounted: Uint8Array },
  { width, height }: FineLines,
  alongRows: boolean,
): Float32Array {
  const [step, side] = alongRows ? [width, 1] : [1, width];
  const [steps, sides] = alongRows ? [height, width] : [width, height];
  const lengths = new Float32Array(marks.length);
  // Ways of both marks at each cell: a cell of the other mark has a way of length 0.
  const ways = [new Float32Array(marks.length), new Float32Array(marks.length)] as const;
  const extend = (from: number, back: number): void => {
    for (let n = 1, i = from + side; n < sides - 1; n++, i += side) {
      if (marks[i] === 0) continue;
      const own = ways[marks[i] === 1 ? 0 : 1];
      const before = i + back;
      const way = isCounted[i]! + Math.max(own[before]!, own[before - side]!, own[before + side]!);
      own[i] = way;
      lengths[i]! += way;
    }
  };
  for (let a = 1; a < steps - 1; a++) extend(a * step, -step);
  for (const own of ways) own.fill(0);
  for (let a = steps - 2; a > 0; a--) extend(a * step, step);
  for (let i = 0; i < lengths.length; i++) lengths[i]! -= isCounted[i]!;
  return lengths;
}
