/** Turns each effect parameter and the model type on some pairs and prints what it changes; see docs/fusion.md. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createFusionEngine } from "../src/fusion/fuse.ts";
import {
  DEFAULT_FUSION_OPTIONS,
  type FusionOptions,
  type ModelType,
} from "../src/fusion/fusion-options.ts";
import { decodePicture } from "../src/imaging/codec.ts";
import type { Picture } from "../src/imaging/picture.ts";
import { BENCH_ORIGIN } from "./bench-origin.ts";
import { blotchiness } from "./metrics/blotches.ts";
import { seamExcess, sharpnessRatio } from "./metrics/edges.ts";
import { centredCosine, centreOf } from "./metrics/identity.ts";
import { eyeDifference, mouthDifference } from "./metrics/mesh-measures.ts";
import { readPairs, rectFrom } from "./scoreboard/pairs.ts";
import { findAgain, openPhotoLab } from "./scoreboard/photo-lab.ts";
import { encodePng } from "./scoreboard/picture-files.ts";
import { preparePair } from "./scoreboard/run-pair.ts";
import { alignColumns } from "./scoreboard/table.ts";
import { mouthColour, outlineShift, skinBand } from "./sweeps/effects.ts";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data/faces" },
    models: { type: "string", default: "node_modules/.cache/faceloom/models" },
    only: {
      type: "string",
      default: "pub-02,pub-04,pub-09,pub-12,pub-13,pub-14,pub-24,pub-26,pub-29,pub-36",
    },
    sweep: { type: "string" },
    json: { type: "string" },
  },
});

const STEPS = [0, 0.25, 0.5, 0.75, 1] as const;
const TYPES: readonly ModelType[] = [1, 2, 3, 4, 5, 6];

/** What is turned: the name of each sweep, and the options at each of its stops. */
const SWEEPS: Readonly<Record<string, readonly Partial<FusionOptions>[]>> = {
  WarpRadio: STEPS.map((reshapeStrength) => ({ reshapeStrength })),
  EnhanceRadio: STEPS.map((enhanceStrength) => ({ enhanceStrength })),
  MpRadio: STEPS.map((smoothStrength) => ({ smoothStrength })),
  TeethEnhanceRadio: [false, true].map((enhanceTeeth) => ({ enhanceTeeth })),
  MakeupTransferRadio: [false, true].map((transferMakeup) => ({ transferMakeup })),
  SwapModelType: TYPES.map((modelType) => ({ modelType })),
};

/** What is measured of each result; the unit is in the name or at the function. */
type Measures = Record<string, number>;

const set = await readPairs(path.resolve(flags.data));
const pairs = set.pairs.filter((pair) => flags.only.split(",").includes(pair.id));
await using lab = await openPhotoLab(set.folder, path.resolve(flags.models));
await using engine = await createFusionEngine({ modelsDir: path.resolve(flags.models) });

/** The mean of all users' embeddings of the whole list: cosines are taken about it. */
const people = [];
const mainList = set.pairs.filter((pair) => !pair.isTonePair);
for (const file of new Set(mainList.flatMap((pair) => pair.merges.map(({ user }) => user)))) {
  const seen = await lab.faceIn((await lab.readPhoto(file)).picture, undefined);
  people.push({ identity: file, embedding: await lab.embed(seen) });
}
const centre = centreOf(people);

const names = Object.keys(SWEEPS).filter((name) => !flags.sweep || flags.sweep === name);
const tables: Record<string, Measures[]> = {};
for (const name of names) tables[name] = SWEEPS[name]!.map(() => ({}));

for (const pair of pairs) await measurePair(pair);
for (const name of names) print(name);
if (flags.json) await writeFile(flags.json, `${JSON.stringify(tables, null, 1)}\n`);

async function measurePair(pair: (typeof pairs)[number]): Promise<void> {
  const single = { ...pair, merges: pair.merges.slice(0, 1) };
  const prepared = await preparePair(lab, single);
  const { user, template } = prepared.merges[0]!;
  const embeddings = await Promise.all([user, template].map((seen) => lab.embed(seen)));
  const png = await encodePng(template.picture);
  for (const name of names) {
    for (const [stop, options] of SWEEPS[name]!.entries()) {
      const { image } = await engine.fuse({
        template: png,
        origin: BENCH_ORIGIN,
        merges: [
          {
            user: prepared.users[0]!.bytes,
            userFaceRect: rectFrom(single.merges[0]!.user_rect),
            templateFaceRect: rectFrom(single.merges[0]!.template_rect),
          },
        ],
        options: { ...DEFAULT_FUSION_OPTIONS, label: undefined, ...options },
      });
      const measures = await measure(await decodePicture(image), { template, embeddings });
      for (const [key, value] of Object.entries(measures)) {
        const row = tables[name]![stop]!;
        row[key] = (row[key] ?? 0) + value / pairs.length;
      }
    }
  }
}

async function measure(
  result: Picture,
  scene: {
    readonly template: Awaited<ReturnType<typeof lab.faceIn>>;
    readonly embeddings: readonly (readonly number[])[];
  },
): Promise<Measures> {
  const { template, embeddings } = scene;
  const [own, given] = [result, template.picture];
  const { mesh } = template.face;
  const again = await findAgain(lab, result, template.face);
  if (!again) throw new Error("The finder does not see a face in a result.");
  const embedding = await lab.embed(again);
  const [lips, lipsGiven] = [mouthColour(own, mesh, "lips"), mouthColour(given, mesh, "lips")];
  const inside = mouthColour(own, mesh, "inside");
  return {
    simU: centredCosine(embedding, embeddings[0]!, centre),
    outline: outlineShift(again.face.mesh, mesh),
    mouth: mouthDifference(again.face.mesh, mesh),
    eye: eyeDifference(again.face.mesh, mesh),
    sharp: sharpnessRatio(own, given, mesh),
    detail: skinBand(own, mesh, [0, 0.006]),
    middle: skinBand(own, mesh, [0.006, 0.025]),
    seam: seamExcess(own, given, mesh).seam,
    blotch: blotchiness(own, mesh),
    teethL: inside[0],
    teethB: inside[2],
    lips: Math.hypot(...lips.map((v, c) => v - lipsGiven[c]!)),
  };
}

function print(name: string): void {
  const rows = tables[name]!;
  const keys = Object.keys(rows[0]!);
  const label = (stop: number): string => String(Object.values(SWEEPS[name]![stop]!)[0]);
  console.log(
    `${alignColumns([
      [name, ...keys],
      ...rows.map((row, stop) => [label(stop), ...keys.map((key) => row[key]!.toFixed(3))]),
    ])}\n`,
  );
}
