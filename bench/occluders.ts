/** Draws things before the faces of templates and measures what results keep of them; see docs/benchmarks.md. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { isAppError } from "../src/base/app-error.ts";
import { createFusionEngine } from "../src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS, type ModelType } from "../src/fusion/fusion-options.ts";
import { decodePicture } from "../src/imaging/codec.ts";
import type { Picture } from "../src/imaging/picture.ts";
import { BENCH_ORIGIN } from "./bench-origin.ts";
import { meshBox } from "./metrics/face-window.ts";
import { faceLength } from "./metrics/mesh-measures.ts";
import { drawThickGlasses, drawThinGlasses } from "./occluders/draw-glasses.ts";
import { drawHair } from "./occluders/draw-hair.ts";
import { drawHand } from "./occluders/draw-hand.ts";
import { drawMask } from "./occluders/draw-mask.ts";
import { drawMicrophone } from "./occluders/draw-microphone.ts";
import { type FaceFrame, faceFrame } from "./occluders/face-frame.ts";
import { compositeLayer, createLayer, type OccluderLayer } from "./occluders/layer.ts";
import { measureRetention, type Retention } from "./occluders/retention.ts";
import { checkQuality, wishesOf, wishLines } from "./scoreboard/check-quality.ts";
import type { SeenFace } from "./scoreboard/measure-face.ts";
import { readPairs, rectFrom } from "./scoreboard/pairs.ts";
import { openPhotoLab } from "./scoreboard/photo-lab.ts";
import { cutOut, encodePng, fitInto, layOut } from "./scoreboard/picture-files.ts";
import { type PreparedPair, preparePair } from "./scoreboard/run-pair.ts";
import { mean } from "./scoreboard/summary.ts";
import { alignColumns } from "./scoreboard/table.ts";
import { readTargets } from "./targets.ts";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data/faces" },
    models: { type: "string", default: "node_modules/.cache/faceloom/models" },
    only: {
      type: "string",
      default: "pub-02,pub-04,pub-05,pub-07,pub-09,pub-10,pub-12,pub-24,pub-26,pub-33",
    },
    occluder: { type: "string" },
    sheet: { type: "string" },
    json: { type: "string" },
    check: { type: "boolean", default: false },
  },
});

type Draw = (layer: OccluderLayer, frame: FaceFrame) => void;

/** Everything that is drawn, by name; `none` shows how much of a free face is replaced. */
const OCCLUDERS: Readonly<Record<string, Draw>> = {
  none: () => undefined,
  hand: drawHand,
  hair: drawHair,
  "thin glasses": drawThinGlasses,
  "thick glasses": drawThickGlasses,
  microphone: drawMicrophone,
  mask: drawMask,
};

const TYPES: readonly ModelType[] = [1, 5];
const CELL_PX = 300;
/** Templates are shrunk until their face is this long, px: drawing costs less, and all faces count alike. */
const FACE_PX = 260;

/** One thing on one template, by each model type; a refusal instead of figures where the face is not found any more. */
interface Trial {
  readonly occluder: string;
  readonly pair: string;
  readonly byType: Readonly<Record<number, Retention | { readonly refusal: string }>>;
}

const set = await readPairs(path.resolve(flags.data));
const pairs = set.pairs.filter((pair) => flags.only.split(",").includes(pair.id));
const names = Object.keys(OCCLUDERS).filter((n) => !flags.occluder || n === flags.occluder);
await using lab = await openPhotoLab(set.folder, path.resolve(flags.models));
await using engine = await createFusionEngine({ modelsDir: path.resolve(flags.models) });

const trials: Trial[] = [];
const rows = new Map<string, Picture[][]>();
for (const [n, pair] of pairs.entries()) {
  const prepared = await preparePair(lab, { ...pair, merges: pair.merges.slice(0, 1) });
  const template = await shrunk(prepared.merges[0]!.template);
  for (const name of names) trials.push(await tryOccluder(prepared, template, { name, seed: n }));
}
const faults = report();
if (flags.json) await writeFile(flags.json, `${JSON.stringify(trials, null, 1)}\n`);
if (flags.sheet) await writeSheets(flags.sheet);
if (flags.check) {
  for (const fault of faults) console.log(fault);
  if (faults.length === 0) console.log("All targets of occluders are met.");
  process.exitCode = faults.length > 0 ? 1 : 0;
}

async function shrunk({ picture, face }: SeenFace): Promise<SeenFace> {
  const factor = Math.min(1, FACE_PX / faceLength(face.mesh));
  const side = Math.round(factor * Math.max(picture.width, picture.height));
  const small = await fitInto(picture, side);
  const { x, y, width, height } = face.box;
  const rect = { x: factor * x, y: factor * y, width: factor * width, height: factor * height };
  return lab.faceIn(small, rect);
}

async function tryOccluder(
  prepared: PreparedPair,
  { picture, face }: SeenFace,
  { name, seed }: { readonly name: string; readonly seed: number },
): Promise<Trial> {
  const layer = createLayer(picture);
  OCCLUDERS[name]!(layer, faceFrame(picture, face.mesh, seed));
  const composite = compositeLayer(picture, layer);
  const byType: Record<number, Trial["byType"][number]> = {};
  const drawn: Picture[] = [composite];
  for (const modelType of TYPES) {
    const result = await fuse(prepared, { picture: composite, face }, modelType);
    if ("refusal" in result) byType[modelType] = result;
    else {
      byType[modelType] = measureRetention(result, composite, { layer, mesh: face.mesh });
      drawn.push(result);
    }
  }
  if (flags.sheet) rows.set(name, [...(rows.get(name) ?? []), await cells(drawn, face.mesh)]);
  return { occluder: name, pair: prepared.pair.id, byType };
}

async function fuse(
  prepared: PreparedPair,
  { picture, face }: SeenFace,
  modelType: ModelType,
): Promise<Picture | { readonly refusal: string }> {
  const merge = prepared.pair.merges[0]!;
  try {
    const { image } = await engine.fuse({
      template: await encodePng(picture),
      origin: BENCH_ORIGIN,
      merges: [
        {
          user: prepared.users[0]!.bytes,
          userFaceRect: rectFrom(merge.user_rect),
          templateFaceRect: face.box,
        },
      ],
      options: { ...DEFAULT_FUSION_OPTIONS, modelType, label: undefined },
    });
    return await decodePicture(image);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { refusal: error.reason };
  }
}

/** Prints a line for each thing and returns the missed targets. */
function report(): string[] {
  const targets = readTargets().occluders;
  const lines = names.map((name) => {
    const own = trials.filter((trial) => trial.occluder === name);
    const figures = TYPES.flatMap((type) => {
      const all = own.flatMap(({ pair, byType }) => {
        const figure = byType[type]!;
        return "refusal" in figure ? [] : [{ pair, ...figure }];
      });
      const worst = all.toSorted((a, b) => a.kept - b.kept).slice(0, 3);
      const show = (value: number | undefined): string => value?.toFixed(2) ?? "-";
      return [
        `${all.length}/${own.length}`,
        name === "none" ? "-" : show(mean(all.map((one) => one.kept))),
        show(mean(all.map((one) => one.replaced))),
        name === "none" ? "" : worst.map((one) => `${one.pair} ${one.kept.toFixed(2)}`).join(", "),
      ];
    });
    return [name, ...figures];
  });
  const head = TYPES.flatMap((type) => [`type ${type}`, "kept", "replaced", "least kept"]);
  console.log(`${alignColumns([["", ...head], ...lines], [4, 8])}\n`);
  const figures = keptFigures();
  const wishes = wishLines(wishesOf(targets.wishes, figures, []), targets.gates);
  if (wishes.length > 0) console.log(`${wishes.join("\n")}\n`);
  return checkQuality(targets.gates, figures, !flags.occluder);
}

/** What is kept of each thing by each model type, by the targets' names. */
function keptFigures(): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  for (const name of names) {
    for (const type of TYPES) {
      const kept = trials
        .filter((trial) => trial.occluder === name)
        .map((trial) => trial.byType[type]!)
        .flatMap((one) => ("refusal" in one ? [] : [one.kept]));
      const value = mean(kept);
      if (value !== undefined) figures.set(`${name}, type ${type}`, value);
    }
  }
  return figures;
}

async function cells(pictures: readonly Picture[], mesh: ArrayLike<number>): Promise<Picture[]> {
  const box = meshBox(mesh);
  const side = 1.35 * Math.max(box.width, box.height);
  const rect = {
    x: box.x + box.width / 2 - side / 2,
    y: box.y + box.height / 2 - side / 2,
    ...{ width: side, height: side },
  };
  return Promise.all(pictures.map((picture) => fitInto(cutOut(picture, rect), CELL_PX)));
}

/** One sheet a thing: a template's picture, type 1 and type 5 side by side, two templates a row. */
async function writeSheets(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, list] of rows) {
    const parts = list.flatMap((pictures, n) =>
      pictures.map((picture, column) => ({
        picture,
        x: (3 * (n % 2) + column) * (CELL_PX + 4) + (n % 2) * 8,
        y: Math.floor(n / 2) * (CELL_PX + 4),
      })),
    );
    const size = {
      width: 6 * (CELL_PX + 4) + 8,
      height: Math.ceil(list.length / 2) * (CELL_PX + 4),
    };
    const file = path.join(folder, `${name.replaceAll(" ", "-")}.png`);
    await writeFile(file, await encodePng(layOut(size, parts)));
    console.log(`wrote ${file}`);
  }
}
