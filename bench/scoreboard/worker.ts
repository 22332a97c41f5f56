import { writeFile } from "node:fs/promises";
import path from "node:path";
import { isAppError } from "../../src/base/app-error.ts";
import { createFusionEngine, type FusionEngine } from "../../src/fusion/fuse.ts";
import { doNothing } from "../baselines/baseline.ts";
import { saveResult, saveSources } from "../report/face-pictures.ts";
import type { SeenFace } from "./measure-face.ts";
import type { Answer, PairOutcome, Reference, Task, WorkerOptions } from "./outcome.ts";
import { faceKey, identityOf, type Pair, type PairSet, readPairs } from "./pairs.ts";
import { openPhotoLab, type PhotoLab } from "./photo-lab.ts";
import { encodePng } from "./picture-files.ts";
import {
  BASELINES,
  measureRun,
  PRODUCT,
  type PreparedPair,
  preparePair,
  runBaseline,
  runProduct,
} from "./run-pair.ts";
import { drawRow } from "./sheet-row.ts";

/** A child process of the scoreboard: takes tasks one by one and answers each. */
interface Bench {
  readonly options: WorkerOptions;
  readonly set: PairSet;
  readonly lab: PhotoLab;
  readonly engine: FusionEngine | undefined;
}

async function openBench(options: WorkerOptions): Promise<Bench> {
  const lab = await openPhotoLab(options.data, options.models);
  const engine = options.methods.includes(PRODUCT)
    ? await createFusionEngine({
        modelsDir: options.models,
        threads: 1,
      })
    : undefined;
  return { options, lab, engine, set: await readPairs(options.data, options.pairs) };
}

async function answer(bench: Bench, task: Task): Promise<Answer> {
  if (task.kind === "reference") {
    return { kind: "reference", references: await embedPhoto(bench, task) };
  }
  const pair = bench.set.pairs.find((candidate) => candidate.id === task.id)!;
  return { kind: "pair", outcomes: await scorePair(bench, pair, task.isProbed) };
}

async function embedPhoto(
  { lab, set }: Bench,
  task: Extract<Task, { kind: "reference" }>,
): Promise<Reference[]> {
  const { picture } = await lab.readPhoto(task.file);
  const references: Reference[] = [];
  for (const rect of task.rects) {
    const key = faceKey(task.file, rect);
    const identity = identityOf(set, task.file, rect);
    const seen = await orRefusal(lab.faceIn(picture, rect));
    references.push(
      typeof seen === "string"
        ? { key, identity }
        : { key, identity, embedding: await lab.embed(seen) },
    );
  }
  return references;
}

async function orRefusal<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error)) return error.reason;
    throw error;
  }
}

async function scorePair(bench: Bench, pair: Pair, isProbed: boolean): Promise<PairOutcome[]> {
  const prepared = await orRefusal(preparePair(bench.lab, pair));
  if (typeof prepared === "string") return refusedPair(bench, pair, prepared);
  const outcomes: PairOutcome[] = [];
  const { reportPictures } = bench.options;
  if (reportPictures) await saveSources(reportPictures, prepared);
  for (const method of bench.options.methods) {
    const baseline = BASELINES.get(method);
    const run = baseline
      ? runBaseline(baseline, prepared, bench.lab.canonical.triangles)
      : await runProduct(bench.engine!, prepared, { modelType: bench.options.modelType, isProbed });
    const { outcome, found } = await measureRun(bench.lab, prepared, method, run);
    outcomes.push(outcome);
    const isDrawn = bench.options.rows !== undefined && (method === PRODUCT || !bench.engine);
    if (isDrawn && run.picture)
      await saveRow(bench.options.rows!, prepared, { method, found, picture: run.picture });
    if (reportPictures && run.picture && baseline !== doNothing) {
      await saveResult(reportPictures, prepared, { method, picture: run.picture });
    }
  }
  return outcomes;
}

/** The product must refuse what the finder refuses; a crash would surface here. */
async function refusedPair(bench: Bench, pair: Pair, reason: string): Promise<PairOutcome[]> {
  const empty = {
    pair: pair.id,
    purpose: pair.purpose,
    isTonePair: pair.isTonePair,
    faces: [],
    background: 0,
    ms: 0,
    stepMs: {},
  };
  const outcomes: PairOutcome[] = [];
  for (const method of bench.options.methods) {
    if (method !== PRODUCT) {
      outcomes.push({ ...empty, method, refusal: reason, faults: [] });
      continue;
    }
    const photos = {
      pair,
      template: await bench.lab.readPhoto(pair.template),
      users: await Promise.all(pair.merges.map((merge) => bench.lab.readPhoto(merge.user))),
    };
    const run = await runProduct(bench.engine!, photos, {
      modelType: bench.options.modelType,
      isProbed: false,
    });
    const faults = run.refusal ? [] : [`answered although the finder says ${reason}`];
    outcomes.push({ ...empty, method, refusal: run.refusal ?? reason, ms: run.ms, faults });
  }
  return outcomes;
}

async function saveRow(
  folder: string,
  { pair, merges }: PreparedPair,
  drawn: {
    readonly method: string;
    readonly found: readonly (SeenFace | undefined)[];
    readonly picture: SeenFace["picture"];
  },
): Promise<void> {
  for (const [n, merge] of merges.entries()) {
    const row = await drawRow([
      { picture: merge.user.picture, mesh: merge.user.face.mesh },
      { picture: merge.template.picture, mesh: merge.template.face.mesh },
      { picture: drawn.picture, mesh: (drawn.found[n] ?? merge.template).face.mesh },
    ]);
    await writeFile(
      path.join(folder, `${pair.id}-${n + 1}-${drawn.method}.png`),
      await encodePng(row),
    );
  }
}

const bench = await openBench(JSON.parse(process.argv[2]!));
process.on("message", (task: Task) => {
  answer(bench, task).then(
    (done) => process.send!(done),
    (error: unknown) => {
      console.error(`${JSON.stringify(task)}:`, error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send!("ready");
