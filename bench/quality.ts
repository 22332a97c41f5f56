/** Runs the pairs through the product and the baselines and prints the scoreboard; see docs/benchmarks.md. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { decodePicture } from "../src/imaging/codec.ts";
import { reportData } from "./report/report-data.ts";
import { PICTURES, writeReport } from "./report/write-report.ts";
import {
  checkAnswers,
  checkQuality,
  type Wish,
  wishesOf,
  wishLines,
} from "./scoreboard/check-quality.ts";
import { figuresOf } from "./scoreboard/figures.ts";
import { groupsOf } from "./scoreboard/groups.ts";
import type { PairOutcome, Reference, Task } from "./scoreboard/outcome.ts";
import { compareRuns } from "./scoreboard/paired-comparison.ts";
import { faceKey, type Pair, readPairs, rectFrom } from "./scoreboard/pairs.ts";
import { encodePng } from "./scoreboard/picture-files.ts";
import { BASELINES, PRODUCT } from "./scoreboard/run-pair.ts";
import type { Scoreboard } from "./scoreboard/scoreboard.ts";
import { stackRows } from "./scoreboard/sheet-row.ts";
import { compareIdentities, type FaceRow, type Summary, summarize } from "./scoreboard/summary.ts";
import { comparisonTable, stepTable, summaryTable, worstTable } from "./scoreboard/table.ts";
import { startTeam } from "./scoreboard/worker-team.ts";
import { readTargets } from "./targets.ts";

/** Where pictures go when `--sheet` or `--html` names no folder; git ignores it. */
const DEFAULT_FOLDERS: Readonly<Record<string, string>> = {
  "--sheet": "bench/output",
  "--html": "bench/output/report",
};

const { values: flags } = parseArgs({
  allowNegative: true,
  args: process.argv
    .slice(2)
    .flatMap((arg, i, all) =>
      arg in DEFAULT_FOLDERS && !/^[^-]/.test(all[i + 1] ?? "")
        ? [arg, DEFAULT_FOLDERS[arg]!]
        : [arg],
    ),
  options: {
    data: { type: "string", default: "../shared/data/faces" },
    pairs: { type: "string" },
    models: { type: "string", default: "node_modules/.cache/faceloom/models" },
    only: { type: "string" },
    purpose: { type: "string" },
    json: { type: "string" },
    compare: { type: "string" },
    check: { type: "boolean", default: false },
    sheet: { type: "string" },
    html: { type: "string" },
    "model-type": { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    baselines: { type: "boolean", default: true },
    product: { type: "boolean", default: true },
  },
});

/** Every how many pairs the engine is asked again, for the same bytes and for the photo's own format. */
const PROBE_EVERY = 4;

const set = await readPairs(path.resolve(flags.data), flags.pairs && path.resolve(flags.pairs));
const chosen = set.pairs.filter(
  (pair) =>
    (!flags.only || flags.only.split(",").includes(pair.id)) &&
    (!flags.purpose || flags.purpose === pair.purpose),
);
const methods = [...(flags.baselines ? BASELINES.keys() : []), ...(flags.product ? [PRODUCT] : [])];
if (chosen.length === 0 || methods.length === 0) {
  console.error("Nothing to do: no pair or no method is left by the flags.");
  process.exit(2);
}
const rows = flags.sheet ? path.join(flags.sheet, "rows") : undefined;
if (rows) {
  await rm(rows, { recursive: true, force: true });
  await mkdir(rows, { recursive: true });
}
const reportPictures = flags.html && path.resolve(flags.html, PICTURES);
if (reportPictures) {
  await rm(reportPictures, { recursive: true, force: true });
  await mkdir(reportPictures, { recursive: true });
}
const before: readonly FaceRow[] = flags.compare
  ? JSON.parse(await readFile(flags.compare, "utf8")).faces
  : [];

const { references, outcomes } = await runAll();
// Each list by itself: who is nearest must not depend on the other list's people.
const faceRows = [false, true].flatMap((isTonePair) =>
  compareIdentities(
    set.pairs.filter((pair) => pair.isTonePair === isTonePair),
    outcomes,
    references,
  ),
);
const groups = groupsOf([...faceRows, ...chosen]);
const summaries = methods.flatMap((method) =>
  summarize(method, groups, { faces: faceRows, outcomes }),
);
const board: Scoreboard = {
  methods,
  groups,
  summaries,
  faces: faceRows,
  outcomes,
  comparisons: compareAll(),
  ...judge(),
};
report(board);
if (rows) await writeSheets(flags.sheet!, rows);
if (flags.html) {
  const title = `Model type ${flags["model-type"]}, ${chosen.length} pairs, ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC. Click a picture for its face at full size.`;
  console.log(`wrote ${await writeReport(flags.html, reportData(board, before, title))}`);
}
if (flags.json) {
  await writeFile(
    flags.json,
    `${JSON.stringify({ summaries, faces: faceRows, outcomes: bare(outcomes) }, null, 1)}\n`,
  );
}
if (flags.check) {
  for (const fault of board.faults) console.log(fault);
  if (board.faults.length === 0) console.log("All quality targets are met.");
  process.exitCode = board.faults.length > 0 ? 1 : 0;
}

/** Compares the product's faces with an earlier run's and with the classic baseline's. */
function compareAll(): Scoreboard["comparisons"] {
  const of = (method: string): FaceRow[] => faceRows.filter((face) => face.method === method);
  const [own, classic] = [of(PRODUCT), of("classic").filter((face) => !face.isTonePair)];
  return [
    ...(flags.compare
      ? [
          {
            name: `this run against ${path.basename(flags.compare)}`,
            differences: compareRuns(
              before.filter((face) => face.method === PRODUCT),
              own,
            ),
          },
        ]
      : []),
    ...(classic.length > 0 && own.length > 0
      ? [{ name: `${PRODUCT} against classic`, differences: compareRuns(classic, own) }]
      : []),
  ];
}

/** Holds the product's figures to the targets. */
function judge(): { readonly faults: readonly string[]; readonly wishes: readonly Wish[] } {
  const targets = readTargets().quality;
  const of = (method: string): Summary[] => summaries.filter((s) => s.method === method);
  const figures = figuresOf(of(PRODUCT), of("classic"));
  const isWhole = !flags.only && !flags.purpose && !flags.pairs;
  return {
    faults: [
      ...checkAnswers(
        chosen,
        outcomes.filter((outcome) => outcome.method === PRODUCT),
      ),
      ...checkQuality(targets.gates, figures, isWhole),
    ],
    wishes: wishesOf(targets.wishes, figures, groups),
  };
}

/** References of all pairs are always taken: the centre of identities must not depend on the choice of pairs. */
async function runAll(): Promise<{ references: Reference[]; outcomes: PairOutcome[] }> {
  using team = await startTeam(Number(flags.jobs), {
    data: set.folder,
    pairs: flags.pairs && path.resolve(flags.pairs),
    models: path.resolve(flags.models),
    methods,
    modelType: Number(flags["model-type"]),
    ...(rows ? { rows: path.resolve(rows) } : {}),
    ...(reportPictures ? { reportPictures } : {}),
  });
  const tasks: Task[] = [
    ...referenceTasks(set.pairs),
    ...chosen.map((pair, i) => ({
      kind: "pair" as const,
      id: pair.id,
      isProbed: i % PROBE_EVERY === 0,
    })),
  ];
  const startedAt = Date.now();
  const answers = await team.run(tasks, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${tasks.length} `);
  });
  if (process.stderr.isTTY) process.stderr.write("\r");
  console.log(`${chosen.length} pairs, ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`);
  return {
    references: answers.flatMap((a) => (a.kind === "reference" ? a.references : [])),
    outcomes: answers.flatMap((a) => (a.kind === "pair" ? a.outcomes : [])),
  };
}

function referenceTasks(pairs: readonly Pair[]): Task[] {
  const byFile = new Map<string, Map<string, ReturnType<typeof rectFrom>>>();
  for (const pair of pairs) {
    for (const merge of pair.merges) {
      for (const [file, rect] of [
        [merge.user, rectFrom(merge.user_rect)],
        [pair.template, rectFrom(merge.template_rect)],
      ] as const) {
        const rects = byFile.get(file) ?? new Map();
        byFile.set(file, rects.set(faceKey(file, rect), rect));
      }
    }
  }
  return [...byFile].map(([file, rects]) => ({
    kind: "reference",
    file,
    rects: [...rects.values()],
  }));
}

function report({
  summaries: all,
  faces,
  outcomes: results,
  comparisons,
  wishes,
}: Scoreboard): void {
  for (const kind of ["purpose", "size", "tone"] as const) {
    const own = all.filter((summary) => summary.method === PRODUCT && summary.kind === kind);
    if (own.length > 0) console.log(`${summaryTable(own, (s) => s.group)}\n`);
  }
  const totals = all.filter((summary) => summary.kind === "all");
  if (totals.length > 0) console.log(`${summaryTable(totals, (s) => s.method)}\n`);
  for (const { name, differences } of comparisons) {
    console.log(`${name}, paired by face:\n${comparisonTable(differences)}\n`);
  }
  const product = results.filter((outcome) => outcome.method === PRODUCT);
  if (product.length === 0) return;
  console.log(`${stepTable(product)}\n`);
  console.log(`${worstTable(faces.filter((face) => face.method === PRODUCT))}\n`);
  for (const { pair, refusal } of product) if (refusal) console.log(`${pair} refused: ${refusal}`);
  const faults = product.flatMap((outcome) => outcome.faults.map((f) => `${outcome.pair}: ${f}`));
  console.log(
    faults.length > 0 ? faults.join("\n") : "Repeated runs: same bytes; JPEG in, JPEG out.",
  );
  const lines = wishLines(wishes, readTargets().quality.gates);
  if (lines.length > 0) console.log(`\n${lines.join("\n")}\n`);
}

/** Stacks the rows of every five pairs into one sheet. */
async function writeSheets(folder: string, from: string): Promise<void> {
  for (let n = 0; n < chosen.length; n += 5) {
    const ids = chosen.slice(n, n + 5).map((pair) => pair.id);
    const names = (await readdir(from)).filter((name) =>
      ids.some((id) => name.startsWith(`${id}-`)),
    );
    if (names.length === 0) continue;
    const pictures = await Promise.all(
      names.sort().map(async (name) => decodePicture(await readFile(path.join(from, name)))),
    );
    const file = path.join(folder, `sheet-${ids[0]}-to-${ids.at(-1)}.png`);
    await writeFile(file, await encodePng(stackRows(pictures)));
    console.log(`wrote ${file}`);
  }
}

/** Outcomes without embeddings: those are about people, and nobody reads them in a report. */
function bare(results: readonly PairOutcome[]): unknown[] {
  return results.map((outcome) => ({
    ...outcome,
    faces: outcome.faces.map(({ embedding: _, ...face }) => face),
  }));
}
