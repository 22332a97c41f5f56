import { POINT } from "../face-regions.ts";
import type { FineLines } from "./fine-lines.ts";

/** Contrast (log units) with the skin beside it that a strand has, at least: usually, and for the preset made for occlusions. */
const CONTRAST = { usual: 0.1, bold: 0.08 } as const;
/** How long (over the face scale) a strand runs without a gap: folds and brows are shorter, or run across the face. */
const SHORTEST = { usual: 0.16, bold: 0.13 } as const;

/** What strands may be, by cell of the lines. */
export interface StrandRules {
  /** Where a strand may begin. */
  readonly isBeginning: (cell: number) => boolean;
  /** What is never part of one. */
  readonly isClosed: (cell: number) => boolean;
  readonly isBold: boolean;
}

/**
 * Follows strands of hair: long narrow lines of either sign that run down the face, at 45 degrees at most. Returns the cells'
 * indices. Lengths are those of the longest way of single steps through a cell (path openings: Talbot & Appleton 2007).
 */
export function followStrands(lines: FineLines, mesh: Float32Array, rules: StrandRules): number[] {
  const { width, strength } = lines;
  const size = rules.isBold ? "bold" : "usual";
  const isLine = new Uint8Array(strength.data.length);
  for (let i = width + 1; i < isLine.length - width - 1; i++) {
    if (strength.data[i]! > CONTRAST[size] && !rules.isClosed(i)) isLine[i] = 1;
  }
  const lengths = longestWays(isLine, lines, isUpright(mesh));
  const shortest = SHORTEST[size] * lines.scale;
  const isLong = isLine.map((_, i) => (lengths[i]! >= shortest ? 1 : 0));
  return connected(isLong, width, rules.isBeginning);
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

/** For each marked cell, how many cells the longest way through it along the face has; 0 for the others. */
function longestWays(
  isLine: Uint8Array,
  { width, height }: FineLines,
  alongRows: boolean,
): Float32Array {
  const [step, side] = alongRows ? [width, 1] : [1, width];
  const [steps, sides] = alongRows ? [height, width] : [width, height];
  const lengths = new Float32Array(isLine.length);
  const ways = new Float32Array(isLine.length);
  const extend = (from: number, back: number): void => {
    for (let n = 1, i = from + side; n < sides - 1; n++, i += side) {
      if (isLine[i] === 0) continue;
      const before = i + back;
      const way = 1 + Math.max(ways[before]!, ways[before - side]!, ways[before + side]!);
      ways[i] = way;
      lengths[i]! += way;
    }
  };
  for (let a = 1; a < steps - 1; a++) extend(a * step, -step);
  ways.fill(0);
  for (let a = steps - 2; a > 0; a--) extend(a * step, step);
  for (let i = 0; i < lengths.length; i++) if (isLine[i] === 1) lengths[i]! -= 1;
  return lengths;
}
