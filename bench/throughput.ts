// Calls a second with one and two workers, waiting at 80 % load, and what a six-face call costs others: npm run bench:throughput
//   --seconds N   length of one load (30)
//   --check       exits with 1 when a target of bench/targets.json is missed
//   --json FILE   writes the figures
// Everything is real: the server in a process of its own, signed calls over HTTP, pictures of 1 megapixel.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createFaceFinder } from "../src/faces/find-faces.ts";
import { ensureModels } from "../src/models/ensure-models.ts";
import {
  type Caller,
  createCaller,
  OK,
  type PreparedBody,
  prepareBody,
} from "../test/rig/caller.ts";
import { closedLoad, latenciesOf, offerLoad, quantile, tally } from "../test/rig/open-loop.ts";
import { createRandom } from "../test/support/random.ts";
import { startServer } from "../test/support/running-server.ts";
import { alignColumns } from "./scoreboard/table.ts";
import { makeScene, takeFace } from "./speedometer/make-scene.ts";
import { sidesOf } from "./speedometer/speed-case.ts";
import { judge, readTargets } from "./targets.ts";

const { values: flags } = parseArgs({
  options: {
    models: { type: "string", default: "node_modules/.cache/faceloom/models" },
    seconds: { type: "string", default: "30" },
    check: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

/** Calls before the measured ones: the engine's loops are compiled over its first dozen. */
const WARM_UP_SECONDS = 10;
const LOAD = 0.8;

const seconds = Number(flags.seconds);
const bodies = await makeBodies();
const figures = new Map<string, number>();
const table = [["workers, callers", "calls/s", "p50 ms", "p99 ms", "outcomes"]];

const alone = await withServer(1, (caller) => closed(caller, 1, bodies.single));
row("1 worker, 1 caller", alone);
const double = await withServer(2, async (caller) => {
  const both = await closed(caller, 2, bodies.single);
  row("2 workers, 2 callers", both);
  const open = await offered(caller, both.perSecond * LOAD, () => bodies.single);
  row("2 workers, 80 % of that, open", open);
  // A fifth of the calls has six faces; the rate makes the same load of them.
  const group = await closed(caller, 1, bodies.group);
  row("2 workers, 1 caller of six faces", group);
  const share = 0.2;
  const meanMs = (1 - share) * both.p50Ms + share * group.p50Ms;
  const random = createRandom(7);
  const mixed = await offered(caller, (LOAD * 2 * 1000) / meanMs, () =>
    random() < share ? bodies.group : bodies.single,
  );
  row("2 workers, 80 %, a fifth six faces", mixed);
  return { both, open };
});
console.log(`${alignColumns(table)}\n`);
figures.set("two workers / one", double.both.perSecond / alone.perSecond);
figures.set("p99 / p50 at 80 % load", double.open.p99Ms / double.open.p50Ms);
const isMet = judge(figures, readTargets().throughput);
if (flags.json) {
  await writeFile(flags.json, `${JSON.stringify(Object.fromEntries(figures), null, 1)}\n`);
}
if (flags.check && !isMet) process.exitCode = 1;

/** What one load gave. */
interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly outcomes: string;
}

function row(name: string, { perSecond, p50Ms, p99Ms, outcomes }: Load): void {
  table.push([name, perSecond.toFixed(2), p50Ms.toFixed(0), p99Ms.toFixed(0), outcomes]);
}

async function makeBodies(): Promise<{ single: PreparedBody; group: PreparedBody }> {
  const finder = await createFaceFinder({
    models: await ensureModels({ modelsDir: path.resolve(flags.models) }),
  });
  const size = { ...sidesOf(1), format: "jpeg" } as const;
  const template = await takeFace(finder, "sample6.jpg");
  const user = await makeScene(await takeFace(finder, "sample1.jpg"), {
    ...size,
    facePx: 512,
    faces: 1,
  });
  await finder[Symbol.asyncDispose]();
  const bodyOf = async (facePx: number, faces: number): Promise<PreparedBody> =>
    prepareBody({
      RspImgType: "base64",
      ModelImage: Buffer.from(await makeScene(template, { ...size, facePx, faces })).toString(
        "base64",
      ),
      MergeInfos: Array.from({ length: faces }, () => ({
        Image: Buffer.from(user).toString("base64"),
      })),
    });
  return { single: await bodyOf(512, 1), group: await bodyOf(256, 6) };
}

async function withServer<R>(workers: number, measure: (caller: Caller) => Promise<R>): Promise<R> {
  await using server = await startServer({
    FACELOOM_WORKERS: `${workers}`,
    FACELOOM_QUEUE_LENGTH: "1000",
    FACELOOM_QUEUE_MAX_WAIT_MS: "600000",
    FACELOOM_JOB_MAX_PIXELS_IN_FLIGHT: "10000000000",
    FACELOOM_DEADLINE_MS: "600000",
    FACELOOM_WORKER_DEADLINE_MS: "600000",
  });
  using caller = createCaller(server.url, server);
  await closedLoad(workers, WARM_UP_SECONDS, () => caller.call(bodies.single));
  return await measure(caller);
}

async function closed(caller: Caller, callers: number, body: PreparedBody): Promise<Load> {
  return summary(await closedLoad(callers, seconds, () => caller.call(body)), seconds);
}

/** Twice as long, since the hundredth that p99 names needs calls. */
async function offered(
  caller: Caller,
  ratePerSecond: number,
  next: () => PreparedBody,
): Promise<Load> {
  const load = { ratePerSecond, seconds: 2 * seconds, random: createRandom(20_261_123) };
  return summary(await offerLoad({ ...load, send: () => caller.call(next()) }), 2 * seconds);
}

function summary(samples: Awaited<ReturnType<typeof closedLoad>>, duration: number): Load {
  const times = latenciesOf(samples, OK);
  return {
    perSecond: times.length / duration,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    outcomes: tally(samples),
  };
}
