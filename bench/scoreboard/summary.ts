import {
  centredCosine,
  centreOf,
  cosine,
  type Embedding,
  identityTransfer,
  nearestIdentity,
} from "../metrics/identity.ts";
import type { Group, Member } from "./groups.ts";
import type { FaceScores, PairOutcome, Reference } from "./outcome.ts";
import { faceKey, type Pair, rectFrom } from "./pairs.ts";

/** One face of one pair by one method with everything that the table shows. */
export interface FaceRow extends Partial<FaceScores> {
  readonly pair: string;
  readonly merge: number;
  readonly purpose: string;
  /** True in the list of skin tones, whose figures are kept apart from the main list's. */
  readonly isTonePair: boolean;
  readonly method: string;
  /** Length of the template's face from forehead to chin in 3D, px. */
  readonly facePx: number;
  readonly isFoundAgain: boolean;
  readonly toUser?: number;
  readonly toTemplate?: number;
  /** Centred cosines, see identity.ts. */
  readonly centredToUser?: number;
  readonly centredToTemplate?: number;
  readonly isFirst?: boolean;
  readonly transfer?: number;
}

/** Means over the faces of one method and group; undefined where nothing could be measured. */
export interface Summary {
  readonly method: string;
  readonly kind: Group["kind"];
  readonly group: string;
  readonly pairs: number;
  readonly answered: number;
  readonly faces: number;
  readonly columns: Readonly<Record<ColumnName, number | undefined>>;
}

/** What each column of means over faces is, in order; shares are counted as 0 or 1. */
export const FACE_COLUMNS = {
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

/** A column of means over faces. */
export type FaceColumn = keyof typeof FACE_COLUMNS;

/** A column of the table: means over faces; `bg` and `ms`, over pairs, come on top. */
export type ColumnName = FaceColumn | "bg" | "ms";

/** All column names in the table's order. */
export const COLUMN_NAMES = [...Object.keys(FACE_COLUMNS), "bg", "ms"] as ColumnName[];

/** Compares every result of a list of pairs with the embeddings of that list's photos; others are left out. */
export function compareIdentities(
  pairs: readonly Pair[],
  outcomes: readonly PairOutcome[],
  references: readonly Reference[],
): FaceRow[] {
  const keys = new Set(pairs.flatMap(faceKeys));
  const known = references.flatMap((r) =>
    r.embedding && keys.has(r.key)
      ? [{ key: r.key, identity: r.identity, embedding: r.embedding as Embedding }]
      : [],
  );
  const centre = centreOf(known);
  const byKey = new Map(known.map((reference) => [reference.key, reference]));
  const userKeys = new Set(
    pairs.flatMap((p) => p.merges.map((m) => faceKey(m.user, rectFrom(m.user_rect)))),
  );
  const users = known.filter((reference) => userKeys.has(reference.key));
  return outcomes.flatMap((outcome) => {
    const pair = pairs.find((candidate) => candidate.id === outcome.pair);
    if (!pair) return [];
    return outcome.faces.map((face) => {
      const { pair: id, purpose, method } = outcome;
      const { merge, isFoundAgain, facePx, scores } = face;
      const { isTonePair } = pair;
      const row = { pair: id, purpose, isTonePair, method, merge, facePx, isFoundAgain, ...scores };
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
    });
  });
}

function faceKeys(pair: Pair): string[] {
  return pair.merges.flatMap((merge) => [
    faceKey(merge.user, rectFrom(merge.user_rect)),
    faceKey(pair.template, rectFrom(merge.template_rect)),
  ]);
}

/** Means of one method in each of the groups. */
export function summarize(
  method: string,
  groups: readonly Group[],
  results: {
    readonly faces: readonly FaceRow[];
    readonly outcomes: readonly PairOutcome[];
  },
): Summary[] {
  const own = results.outcomes.filter((outcome) => outcome.method === method);
  return groups.map((group) => {
    const ids = new Set(results.faces.filter((row) => group.has(row)).map((row) => row.pair));
    const faces = results.faces.filter((row) => row.method === method && group.has(row));
    const pairs = own.filter((outcome) => ids.has(outcome.pair) || group.has(withoutSize(outcome)));
    const answered = pairs.filter((outcome) => outcome.refusal === undefined);
    const means = Object.entries(FACE_COLUMNS).map(([name, of]) => [name, mean(faces.map(of))]);
    const columns = {
      ...Object.fromEntries(means),
      bg: answered.length ? Math.max(...answered.map((o) => o.background)) : undefined,
      ms: mean(answered.map((outcome) => outcome.ms)),
    } as Record<ColumnName, number | undefined>;
    return {
      method,
      kind: group.kind,
      group: group.name,
      pairs: pairs.length,
      answered: answered.length,
      faces: faces.length,
      columns,
    };
  });
}

function withoutSize({ purpose, isTonePair }: PairOutcome): Member {
  return { purpose, isTonePair };
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
