/** A child process that times one case alone, so that its memory is its own. Arguments: one JSON object. */
import { readFile } from "node:fs/promises";
import { loadCanonicalFace } from "../../src/faces/canonical-face.ts";
import type { FaceFinder } from "../../src/faces/find-faces.ts";
import { createFusionEngine, type FusionEngine } from "../../src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS, type ModelType } from "../../src/fusion/fusion-options.ts";
import type { FusionRequest } from "../../src/fusion/fusion-request.ts";
import { decodePicture, encodePicture } from "../../src/imaging/codec.ts";
import { ensureModels } from "../../src/models/ensure-models.ts";
import { classic } from "../baselines/classic.ts";
import { BENCH_ORIGIN } from "../bench-origin.ts";
import { readProcessMemory } from "../memory/process-memory.ts";
import { windowAround } from "../metrics/face-window.ts";
import { countAllocations } from "./count-allocations.ts";
import { type Allocated, median, type SpeedFigures } from "./speed-case.ts";

/** What the process is told. */
export interface SpeedOrder {
  readonly template: string;
  readonly user: string;
  readonly models: string;
  readonly faces: number;
  readonly modelType: ModelType;
  readonly runs: number;
  /** Whether the classic method is timed as well, and how often. */
  readonly classicRuns: number;
}

/** Margin around the face that the fusion may change, in face lengths (engine's work image). */
const TOUCHED_MARGIN = 0.42;

/** Calls before the timed ones, for pictures that are timed often enough to afford them. */
const WARM_UP_CALLS = 20;

process.send!(await measure(JSON.parse(process.argv[2]!)));

async function measure(order: SpeedOrder): Promise<SpeedFigures> {
  const engine = await createFusionEngine({ modelsDir: order.models, threads: 1 });
  const user = await readFile(order.user);
  const request: FusionRequest = {
    template: await readFile(order.template),
    merges: Array.from({ length: order.faces }, () => ({ user })),
    options: { ...DEFAULT_FUSION_OPTIONS, modelType: order.modelType },
    origin: BENCH_ORIGIN,
  };
  await engine.fuse(request);
  const peakRssMiB = readProcessMemory(process.pid).peakMiB;
  const times = await timeCalls(engine, request, order.runs);
  const allocations = await countByStep(engine, request);
  const touchedPixels = await touchedBy(engine.finder, request);
  const classicMs = await timeClassic(engine.finder, request, order);
  return {
    ...times,
    ...allocations,
    ...(classicMs !== undefined && { classicMs }),
    peakRssMiB,
    touchedPixels,
  };
}

async function timeCalls(
  engine: FusionEngine,
  request: FusionRequest,
  runs: number,
): Promise<Pick<SpeedFigures, "callMs" | "floorMs" | "callCpuMs" | "floorCpuMs" | "stepMs">> {
  // The engine's loops are compiled over its first dozen calls; a running server's callers meet compiled ones.
  const warmUpCalls = runs >= 11 ? WARM_UP_CALLS : 0;
  for (let call = 0; call < warmUpCalls; call++) await engine.fuse(request);
  await runFloor(request);
  const [calls, floors]: [Timing[], Timing[]] = [[], []];
  const steps = new Map<string, number[]>();
  // One after the other, so that a slow spell of the machine hits both alike.
  for (let run = 0; run < runs; run++) {
    floors.push(await timed(() => runFloor(request)));
    calls.push(
      await timed(async () => {
        const { stepMs } = await engine.fuse(request);
        for (const [step, ms] of Object.entries(stepMs)) {
          steps.set(step, [...(steps.get(step) ?? []), ms]);
        }
      }),
    );
  }
  return {
    callMs: median(calls.map((t) => t.wallMs)),
    floorMs: median(floors.map((t) => t.wallMs)),
    callCpuMs: median(calls.map((t) => t.cpuMs)),
    floorCpuMs: median(floors.map((t) => t.cpuMs)),
    stepMs: Object.fromEntries([...steps].map(([step, list]) => [step, median(list)])),
  };
}

async function runFloor({ template, merges }: FusionRequest): Promise<void> {
  const picture = await decodePicture(template);
  for (const { user } of merges) await decodePicture(user);
  await encodePicture(picture, { format: picture.format });
}

/** One call more whose steps' allocations are counted; it is not timed. */
async function countByStep(
  engine: FusionEngine,
  request: FusionRequest,
): Promise<Pick<SpeedFigures, "allocated" | "stepAllocated">> {
  const stepAllocated: Record<string, Allocated> = {};
  let running = "";
  const counter = countAllocations();
  const close = (): void => {
    const counted = counter.read();
    if (running) stepAllocated[running] = sum([stepAllocated[running], counted]);
  };
  await engine.fuse(request, {
    onStep(name) {
      close();
      running = name;
    },
  });
  close();
  return { allocated: sum(Object.values(stepAllocated)), stepAllocated };
}

function sum(parts: readonly (Allocated | undefined)[]): Allocated {
  return {
    heapBytes: parts.reduce((all, part) => all + (part?.heapBytes ?? 0), 0),
    bufferBytes: parts.reduce((all, part) => all + (part?.bufferBytes ?? 0), 0),
  };
}

/** The classic method from files to file: decode, find the same faces, warp, match, clone, encode. */
async function timeClassic(
  finder: FaceFinder,
  { template, merges }: FusionRequest,
  { models, faces, classicRuns }: SpeedOrder,
): Promise<number | undefined> {
  if (classicRuns === 0) return undefined;
  const { triangles } = await loadCanonicalFace(await ensureModels({ modelsDir: models }));
  const times: number[] = [];
  for (let run = 0; run < classicRuns; run++) {
    const { wallMs } = await timed(async () => {
      const into = await decodePicture(template);
      const found = await finder.find(into, { wanted: faces });
      const pairs = [];
      for (const [i, { user }] of merges.entries()) {
        const from = await decodePicture(user);
        const [face] = (await finder.find(from, { wanted: 1 })).faces;
        pairs.push({ user: from, userMesh: face!.mesh, templateMesh: found.faces[i]!.mesh });
      }
      await encodePicture(classic.fuse(into, pairs, triangles), { format: into.format });
    });
    times.push(wallMs);
  }
  return median(times);
}

interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function timed(work: () => Promise<void>): Promise<Timing> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

async function touchedBy(finder: FaceFinder, { template, merges }: FusionRequest): Promise<number> {
  const picture = await decodePicture(template);
  const { faces } = await finder.find(picture, { wanted: merges.length });
  const windows = faces.map(({ mesh }) => windowAround(mesh, TOUCHED_MARGIN, picture));
  return windows.reduce((pixels, { width, height }) => pixels + width * height, 0);
}
