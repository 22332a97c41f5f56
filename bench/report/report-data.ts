import { sizeClass } from "../scoreboard/groups.ts";
import { BETTER } from "../scoreboard/paired-comparison.ts";
import { PRODUCT } from "../scoreboard/run-pair.ts";
import type { Scoreboard } from "../scoreboard/scoreboard.ts";
import {
  COLUMN_NAMES,
  FACE_COLUMNS,
  type FaceColumn,
  type FaceRow,
  type Summary,
} from "../scoreboard/summary.ts";
import { DIGITS } from "../scoreboard/table.ts";
import { shown, wanted } from "../targets.ts";
import { pictureNames } from "./face-pictures.ts";

/** A figure of a face or group; null where it was not measured. */
type Figures = Readonly<Record<string, number | null>>;

/** What the report's page is drawn from; read by page.js. */
export interface ReportData {
  readonly title: string;
  readonly product: string;
  readonly methods: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly digits: number;
    readonly better: string | null;
    /** False for what only groups have. */
    readonly isOfFaces: boolean;
  }[];
  readonly tables: readonly {
    readonly title: string;
    readonly rows: readonly {
      readonly name: string;
      readonly method: string;
      readonly pairs: string;
      readonly faces: number;
      readonly figures: Figures;
    }[];
  }[];
  readonly comparisons: Scoreboard["comparisons"];
  readonly faults: readonly string[];
  readonly wishes: readonly {
    readonly name: string;
    readonly value: string;
    readonly wanted: string;
    readonly isReached: boolean;
  }[];
  readonly faces: readonly {
    readonly id: string;
    readonly pair: string;
    readonly purpose: string;
    readonly size: string;
    readonly facePx: number;
    /** Methods (and `change`, against the earlier run) to figures. */
    readonly figures: Readonly<Record<string, Figures>>;
    /** Views to file names in the folder of pictures. */
    readonly views: Readonly<Record<string, ReturnType<typeof pictureNames>>>;
  }[];
  readonly refusals: readonly { readonly pair: string; readonly reason: string }[];
}

const KINDS = {
  all: "By method",
  purpose: "By purpose",
  size: "By face size",
  tone: "Across skin tones",
} as const;

/** Puts a scoreboard into the page's words. `before` are the earlier run's faces, when there was one. */
export function reportData(
  board: Scoreboard,
  before: readonly FaceRow[],
  title: string,
): ReportData {
  return {
    title,
    product: PRODUCT,
    methods: board.methods,
    columns: COLUMN_NAMES.map((name) => ({
      name,
      digits: DIGITS[name] ?? 2,
      better: BETTER[name as FaceColumn] ?? null,
      isOfFaces: name in FACE_COLUMNS,
    })),
    tables: (["all", "purpose", "size", "tone"] as const).flatMap((kind) => tableOf(board, kind)),
    comparisons: board.comparisons,
    faults: board.faults,
    wishes: board.wishes.map(({ name, value, limits, isReached }) => ({
      name,
      value: shown(value),
      wanted: wanted(limits),
      isReached,
    })),
    faces: facesOf(board, before),
    refusals: board.outcomes.flatMap(({ pair, method, refusal }) =>
      method === PRODUCT && refusal ? [{ pair, reason: refusal }] : [],
    ),
  };
}

function tableOf(board: Scoreboard, kind: Summary["kind"]): ReportData["tables"] {
  const rows = board.summaries.filter((summary) => summary.kind === kind);
  if (rows.length === 0) return [];
  return [
    {
      title: KINDS[kind],
      rows: rows.map(({ group, method, pairs, answered, faces, columns }) => ({
        name: group,
        method,
        pairs: answered === pairs ? `${pairs}` : `${answered}/${pairs}`,
        faces,
        figures: Object.fromEntries(
          Object.entries(columns).map(([name, value]) => [name, value ?? null]),
        ),
      })),
    },
  ];
}

function facesOf(board: Scoreboard, before: readonly FaceRow[]): ReportData["faces"] {
  const idOf = (row: FaceRow): string => `${row.pair}-${row.merge + 1}`;
  const earlier = new Map(
    before.filter((row) => row.method === PRODUCT).map((row) => [idOf(row), figuresOf(row)]),
  );
  return [...Map.groupBy(board.faces, idOf)].map(([id, rows]) => {
    const { pair, merge, purpose, facePx } = rows[0]!;
    const figures: Record<string, Figures> = Object.fromEntries(
      rows.map((row) => [row.method, figuresOf(row)]),
    );
    const [now, then] = [figures[PRODUCT], earlier.get(id)];
    if (now && then) figures.change = changeOf(now, then);
    const views = ["user", "template", ...rows.map((row) => row.method)]
      .filter((view) => view !== "do-nothing")
      .map((view) => [view, pictureNames(pair, merge, view)]);
    return {
      ...{ id, pair, purpose, facePx, figures, size: sizeClass(facePx) },
      views: Object.fromEntries(views),
    };
  });
}

function figuresOf(row: FaceRow): Figures {
  return Object.fromEntries(
    Object.entries(FACE_COLUMNS).map(([name, of]) => [name, of(row) ?? null]),
  );
}

function changeOf(now: Figures, then: Figures): Figures {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => {
      const old = then[name];
      return [name, value === null || old === null || old === undefined ? null : value - old];
    }),
  );
}
