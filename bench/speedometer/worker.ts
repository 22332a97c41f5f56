/** A child process that times one case alone, so that its memory is its own. Arguments: one JSON object. */
import { readFile } from "node:fs/promises";
import { createFaceFinder } from "../../src/faces/find-faces.ts";
import { createFusionEngine } from "../../src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../src/fusion/fusion-options.ts";
import { decodePicture, encodePicture } from "../../src/imaging/codec.ts";
import { ensureModels } from "../../src/models/ensure-models.ts";
import { BENCH_ORIGIN } from "../bench-origin.ts";
import { windowAround } from "../metrics/face-window.ts";
import { median, type SpeedFigures } from "./speed-case.ts";

/** What the process is told. */
export interface SpeedOrder {
  readonly template: string;
  readonly user: string;
  readonly models: string;
  readonly runs: number;
}

/** Margin around the face that the fusion may change, in face lengths (engine's work image). */
const TOUCHED_MARGIN = 0.42;

/** Calls before the timed ones, for pictures that are timed often enough to afford them. */
const WARM_UP_CALLS = 20;

const order: SpeedOrder = JSON.parse(process.argv[2]!);
process.send!(await measure(order));

async function measure({ template, user, models, runs }: SpeedOrder): Promise<SpeedFigures> {
  const engine = await createFusionEngine({ modelsDir: models, threads: 1 });
  const pictures = { template: await readFile(template), user: await readFile(user) };
  const request = {
    template: pictures.template,
    merges: [{ user: pictures.user }],
    options: DEFAULT_FUSION_OPTIONS,
    origin: BENCH_ORIGIN,
  };
  await engine.fuse(request);
  const peakRssMiB = process.resourceUsage().maxRSS / 1024;
  // The engine's loops are compiled over its first dozen calls; a running server's callers meet compiled ones.
  const warmUpCalls = runs >= 11 ? WARM_UP_CALLS : 0;
  for (let call = 0; call < warmUpCalls; call++) await engine.fuse(request);
  await runFloor(pictures);
  const [calls, floors]: [Timing[], Timing[]] = [[], []];
  const steps = new Map<string, number[]>();
  // One after the other, so that a slow spell of the machine hits both alike.
  for (let run = 0; run < runs; run++) {
    floors.push(await timed(() => runFloor(pictures)));
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
    stepMs: Object.fromEntries([...steps].map(([step, times]) => [step, median(times)])),
    peakRssMiB,
    touchedPixels: await touchedPixels(models, pictures.template),
  };
}

async function runFloor(pictures: { template: Uint8Array; user: Uint8Array }): Promise<void> {
  const template = await decodePicture(pictures.template);
  await decodePicture(pictures.user);
  await encodePicture(template, { format: template.format });
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

async function touchedPixels(modelsDir: string, template: Uint8Array): Promise<number> {
  const finder = await createFaceFinder({ models: await ensureModels({ modelsDir }) });
  const picture = await decodePicture(template);
  const { faces } = await finder.find(picture, { wanted: 1 });
  const window = windowAround(faces[0]!.mesh, TOUCHED_MARGIN, picture);
  return window.width * window.height;
}
