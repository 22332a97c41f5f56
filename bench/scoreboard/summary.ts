import {
  centredCosine,
  centreOf,
  cosine,
  type Embedding,
  identityTransfer,
  nearestIdentity,
} from "../metrics/identity.ts";
import type { FaceScores, PairOutcome, Reference } from "./outcome.ts";
import { faceKey, type Pair, rectFrom } from "./pairs.ts";

/** One face of one pair by one method with everything that the table shows. */
export interface FaceRow extends Partial<FaceScores> {
  readonly pair: string;
  readonly merge: number;
  readonly purpose: string;
  readonly method: string;
  readonly isFoundAgain: boolean;
  readonly toUser?: number;
  readonly toTemplate?: number;
  /** Centred cosines, see identity.ts. */
  readonly centredToUser?: number;
  readonly centredToTemplate?: number;
  readonly isFirst?: boolean;
  readonly transfer?: number;
}

/** Means over the faces of one method and purpose; undefined where nothing could be measured. */
export interface Summary {
  readonly method: string;
  /** `all` over everything. */
  readonly purpose: string;
  readonly pairs: number;
  readonly answered: number;
  readonly faces: number;
  readonly columns: Readonly<Record<ColumnName, number | undefined>>;
}

/** What each column of the table is, in order; `share` columns are counted as 0 or 1. */
const COLUMNS = {
  found: (row: FaceRow) => Number(row.isFoundAgain),
  simU: (row: FaceRow) => row.toUser,
  simT: (row: FaceRow) => row.toTemplate,
  dcU: (row: FaceRow) => row.centredToUser,
  dcT: (row: FaceRow) => row.centredToTemplate,
  top1: (row: FaceRow) => (row.isFirst === undefined ? undefined : Number(row.isFirst)),
  T: (row: FaceRow) => row.transfer,
  pose: (row: FaceRow) => row.poseDeg,
  expr: (row: FaceRow) => row.expression,
  mouth: (row: FaceRow) => row.mouth,
  eye: (row: FaceRow) => row.eye,
  seam: (row: FaceRow) => row.seam,
  newE: (row: FaceRow) => row.newEdge,
  dFace: (row: FaceRow) => row.dFace,
  dNeck: (row: FaceRow) => row.dNeck,
  floor: (row: FaceRow) => row.dNeckFloor,
  sharp: (row: FaceRow) => row.sharpness,
  blotch: (row: FaceRow) => row.blotches,
} as const;

/** A column of means over faces; `bg` and `ms`, over pairs, come on top. */
export type ColumnName = keyof typeof COLUMNS | "bg" | "ms";

/** All column names in the table's order. */
export const COLUMN_NAMES = [...Object.keys(COLUMNS), "bg", "ms"] as ColumnName[];

/** Compares every result with the photos' own embeddings. */
export function compareIdentities(
  pairs: readonly Pair[],
  outcomes: readonly PairOutcome[],
  references: readonly Reference[],
): FaceRow[] {
  const known = references.flatMap((r) =>
    r.embedding ? [{ key: r.key, identity: r.identity, embedding: r.embedding as Embedding }] : [],
  );
  const centre = centreOf(known);
  const byKey = new Map(known.map((reference) => [reference.key, reference]));
  const userKeys = new Set(
    pairs.flatMap((p) => p.merges.map((m) => faceKey(m.user, rectFrom(m.user_rect)))),
  );
  const users = known.filter((reference) => userKeys.has(reference.key));
  return outcomes.flatMap((outcome) =>
    outcome.faces.map((face) => {
      const { pair: id, purpose, method } = outcome;
      const { merge, isFoundAgain, scores } = face;
      const row = { pair: id, purpose, method, merge, isFoundAgain, ...scores };
      const pair = pairs.find((candidate) => candidate.id === id)!;
      const wanted = pair.merges[merge]!;
      const user = byKey.get(faceKey(wanted.user, rectFrom(wanted.user_rect)));
      const template = byKey.get(faceKey(pair.template, rectFrom(wanted.template_rect)));
      const result = face.embedding;
      if (!result || !user || !template) return row;
      return {
        ...row,
        toUser: cosine(result, user.embedding),
        toTemplate: cosine(result, template.embedding),
        centredToUser: centredCosine(result, user.embedding, centre),
        centredToTemplate: centredCosine(result, template.embedding, centre),
        isFirst: nearestIdentity(result, users, centre) === user.identity,
        transfer: identityTransfer(
          { result, user: user.embedding, template: template.embedding },
          centre,
        ),
      };
    }),
  );
}

/** Means by purpose and over all, for one method. */
export function summarize(
  method: string,
  rows: readonly FaceRow[],
  outcomes: readonly PairOutcome[],
): Summary[] {
  const own = outcomes.filter((outcome) => outcome.method === method);
  const purposes = [...new Set(own.map((outcome) => outcome.purpose)), "all"];
  return purposes.map((purpose) => {
    const pairs = own.filter((outcome) => purpose === "all" || outcome.purpose === purpose);
    const answered = pairs.filter((outcome) => outcome.refusal === undefined);
    const ids = new Set(pairs.map((outcome) => outcome.pair));
    const faces = rows.filter((row) => row.method === method && ids.has(row.pair));
    const means = Object.entries(COLUMNS).map(([name, of]) => [name, mean(faces.map(of))]);
    const columns = {
      ...Object.fromEntries(means),
      bg: answered.length ? Math.max(...answered.map((o) => o.background)) : undefined,
      ms: mean(answered.map((outcome) => outcome.ms)),
    } as Record<ColumnName, number | undefined>;
    return {
      method,
      purpose,
      pairs: pairs.length,
      answered: answered.length,
      faces: faces.length,
      columns,
    };
  });
}

/** Mean of the values that are there; undefined when there is none. */
export function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : undefined;
}

/** The faces of a method that are worst by a measure; `sign` 1 when large is bad, -1 when small is. */
export function worstFaces(
  rows: readonly FaceRow[],
  measure: "transfer" | "seam" | "expression",
  sign: 1 | -1,
): FaceRow[] {
  return rows
    .filter((row) => row[measure] !== undefined)
    .sort((a, b) => sign * (b[measure]! - a[measure]!))
    .slice(0, 5);
}
