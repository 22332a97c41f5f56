import { ALL } from "./groups.ts";
import type { ColumnName, Summary } from "./summary.ts";

/** The group that others are held to. */
const EASY = "easy-frontal";

/** Columns that stand as they are, of all faces of the main list. */
const PLAIN: readonly ColumnName[] = [
  ...(["found", "top1", "mouth", "eye", "expr", "seam", "newE", "dFace", "sharp"] as const),
  ...(["blotch", "bg"] as const),
];

const OVER_CLASSIC: readonly ColumnName[] = ["seam", "dFace", "eye"];
const OVER_EASY: readonly ColumnName[] = ["dFace", "seam", "blotch"];

/**
 * The figures that targets are set for, by name: a column's name for its mean over the main list; `T / classic` and
 * `dNeck - floor` of the same; `PURPOSE: COLUMN - classic`; `TONE: COLUMN / easy-frontal`. Figures that this run did
 * not measure are left out.
 */
export function figuresOf(
  product: readonly Summary[],
  classic: readonly Summary[],
): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  const note = (name: string, value: number | undefined): void => {
    if (value !== undefined && !Number.isNaN(value)) figures.set(name, value);
  };
  const find = (list: readonly Summary[], kind: Summary["kind"], group: string) =>
    list.find((summary) => summary.kind === kind && summary.group === group)?.columns;
  const all = find(product, "all", ALL);
  for (const column of PLAIN) note(column, all?.[column]);
  note("T / classic", over(all?.T, find(classic, "all", ALL)?.T));
  note("dNeck - floor", minus(all?.dNeck, all?.floor));
  const easy = find(product, "purpose", EASY);
  for (const { kind, group, columns } of product) {
    if (kind === "purpose") {
      const theirs = find(classic, kind, group);
      for (const column of OVER_CLASSIC) {
        note(`${group}: ${column} - classic`, minus(columns[column], theirs?.[column]));
      }
    }
    if (kind === "tone") {
      for (const column of OVER_EASY) {
        note(`${group}: ${column} / ${EASY}`, over(columns[column], easy?.[column]));
      }
    }
  }
  return figures;
}

function minus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function over(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}
