// How much memory a worker takes and gives back: npm run bench:memory [-- OPTIONS]
//   --calls N     mixed small calls of the growth measurement (2000)
//   --quick       the peaks and what stays after them, without growth
//   --check       exits with 1 when a target of bench/targets.json is missed
//   --json FILE   writes the figures
// LD_PRELOAD and MALLOC_… of the environment reach the worker, so that allocators can be compared.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createFaceFinder } from "../src/faces/find-faces.ts";
import type { ModelType } from "../src/fusion/fusion-options.ts";
import { ensureModels } from "../src/models/ensure-models.ts";
import { type BenchCall, startOneWorker } from "./memory/one-worker.ts";
import type { ProcessMemory } from "./memory/process-memory.ts";
import { alignColumns } from "./scoreboard/table.ts";
import { type FacePhoto, makeScene, type SceneFormat, takeFace } from "./speedometer/make-scene.ts";
import { fitLine, sidesOf } from "./speedometer/speed-case.ts";
import { judge, readTargets } from "./targets.ts";

const { values: flags } = parseArgs({
  options: {
    models: { type: "string", default: "node_modules/.cache/faceloom/models" },
    calls: { type: "string", default: "2000" },
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

/** A worker has rested and its allocator has given back what it could. */
const SETTLED_MS = 5_000;

const models = path.resolve(flags.models);
const [template, user] = await takeFaces();
const userFile = await scene(user, 1, 512);
const figures = new Map<string, number>();
await measurePeaks();
if (!flags.quick) await measureGrowth(Number(flags.calls));
const isMet = judge(figures, readTargets().memory);
if (flags.json) {
  await writeFile(flags.json, `${JSON.stringify(Object.fromEntries(figures), null, 1)}\n`);
}
if (flags.check && !isMet) process.exitCode = 1;

async function takeFaces(): Promise<[FacePhoto, FacePhoto]> {
  const finder = await createFaceFinder({ models: await ensureModels({ modelsDir: models }) });
  const faces = [await takeFace(finder, "sample6.jpg"), await takeFace(finder, "sample1.jpg")];
  await finder[Symbol.asyncDispose]();
  return faces as [FacePhoto, FacePhoto];
}

function scene(
  face: FacePhoto,
  megapixels: number,
  facePx: number,
  format: SceneFormat = "jpeg",
): Promise<Uint8Array> {
  return makeScene(face, { ...sidesOf(megapixels), facePx, faces: 1, format });
}

/** Three calls of 64 megapixels on a fresh worker each; then what it holds when it has rested. */
async function measurePeaks(): Promise<void> {
  const rows: string[][] = [];
  for (const format of ["jpeg", "progressive", "png"] as const) {
    await using worker = await startOneWorker(models);
    const fresh = worker.memory();
    const call = { template: await scene(template, 64, 1800, format), users: [userFile] };
    for (let i = 0; i < 3; i++) await expectOk(worker.run(call));
    const busy = worker.memory();
    await sleep(SETTLED_MS);
    const idle = worker.memory();
    rows.push([`64 MP ${format}, three calls`, ...[fresh, busy, idle].flatMap(cells)]);
    figures.set(`peak RSS at 64 MP ${format}, MiB`, busy.peakMiB);
    figures.set(`own memory idle after 64 MP ${format}, MiB`, idle.ownMiB);
    figures.set(`RSS idle after 64 MP ${format}, MiB`, idle.residentMiB);
  }
  const states = ["fresh", "after", "rested"];
  const head = states.flatMap((s) => [`${s} RSS`, "own", "peak"]);
  console.log(`${alignColumns([["MiB", ...head], ...rows])}\n`);
}

function cells({ residentMiB, ownMiB, peakMiB }: ProcessMemory): string[] {
  return [residentMiB, ownMiB, peakMiB].map((value) => value.toFixed(0));
}

async function expectOk(outcome: Promise<string>): Promise<void> {
  if ((await outcome) !== "ok") throw new Error(`A call was refused: ${await outcome}.`);
}

/** Many small calls of all kinds; memory is read when the worker has rested, so that garbage does not count. */
async function measureGrowth(calls: number): Promise<void> {
  const mixture = await makeMixture();
  await using worker = await startOneWorker(models);
  const readings: { x: number; y: number }[] = [];
  const outcomes = new Map<string, number>();
  const every = Math.max(1, Math.round(calls / 20));
  for (let done = 0; done < calls; ) {
    const outcome = await worker.run(mixture[done % mixture.length]!);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    done += 1;
    if (done % every > 0) continue;
    await sleep(SETTLED_MS);
    const { ownMiB, residentMiB, peakMiB } = worker.memory();
    readings.push({ x: done / 1000, y: ownMiB });
    console.log(
      `${done} calls: own ${ownMiB.toFixed(1)}, RSS ${residentMiB.toFixed(0)}, peak ${peakMiB.toFixed(0)} MiB`,
    );
  }
  // The first quarter is warming up: code is compiled, arenas find their size.
  const settled = readings.slice(Math.floor(readings.length / 4));
  const { slope } = fitLine(settled);
  console.log(`\n${calls} calls: ${[...outcomes].map((pair) => pair.join(" ")).join(", ")}`);
  figures.set("growth, MiB per 1000 calls", slope);
  figures.set("own memory idle after small calls, MiB", readings.at(-1)!.y);
}

/** Pictures of both formats and several sizes, every model type, several faces, and calls that are refused. */
async function makeMixture(): Promise<BenchCall[]> {
  const small = await scene(template, 0.25, 128);
  const png = await scene(template, 0.25, 128, "png");
  const wide = await scene(template, 1, 256);
  const group = { ...sidesOf(0.25), facePx: 96, faces: 3, format: "jpeg" } as const;
  const pair = await makeScene(template, group);
  const smallUser = await scene(user, 0.25, 256);
  const faceless = await makeScene(user, { ...group, faces: 0 });
  const types: readonly ModelType[] = [1, 2, 3, 4, 5, 6];
  return [
    ...types.map((modelType) => ({ template: small, users: [smallUser], options: { modelType } })),
    { template: png, users: [smallUser] },
    { template: wide, users: [userFile] },
    { template: pair, users: [smallUser, userFile] },
    { template: small, users: [faceless] },
    { template: small.subarray(0, 9000), users: [smallUser] },
  ];
}
