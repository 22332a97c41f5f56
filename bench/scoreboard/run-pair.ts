import { isAppError } from "../../src/base/app-error.ts";
import type { FusionEngine } from "../../src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS, type ModelType } from "../../src/fusion/fusion-options.ts";
import type { FusionRequest, FusionResult } from "../../src/fusion/fusion-request.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { readPictureHeader } from "../../src/imaging/picture-header.ts";
import type { Baseline } from "../baselines/baseline.ts";
import { doNothing } from "../baselines/baseline.ts";
import { classic } from "../baselines/classic.ts";
import { rawPaste } from "../baselines/raw-paste.ts";
import { BENCH_ORIGIN } from "../bench-origin.ts";
import { maxDifferenceOutside } from "../metrics/background.ts";
import { windowAround } from "../metrics/face-window.ts";
import { faceLength } from "../metrics/mesh-measures.ts";
import { measureFace, type SeenFace } from "./measure-face.ts";
import type { FaceOutcome, PairOutcome } from "./outcome.ts";
import { type Pair, rectFrom } from "./pairs.ts";
import { findAgain, type Photo, type PhotoLab } from "./photo-lab.ts";
import { encodePng } from "./picture-files.ts";

/** The name of the product's own rows. */
export const PRODUCT = "faceloom";

/** The methods that the product is measured against, by name. */
export const BASELINES: ReadonlyMap<string, Baseline> = new Map(
  [doNothing, rawPaste, classic].map((baseline) => [baseline.name, baseline]),
);

/** A pair with its photos read and its faces found. */
export interface PreparedPair {
  readonly pair: Pair;
  readonly template: Photo;
  readonly users: readonly Photo[];
  readonly merges: readonly { readonly user: SeenFace; readonly template: SeenFace }[];
}

/** A method's picture, or why there is none. */
export interface MethodRun {
  readonly picture?: Picture;
  readonly refusal?: string;
  readonly ms: number;
  readonly stepMs: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** Reads a pair's photos and finds its faces; throws the finder's AppErrors. */
export async function preparePair(lab: PhotoLab, pair: Pair): Promise<PreparedPair> {
  const template = await lab.readPhoto(pair.template);
  const users = await Promise.all(pair.merges.map((merge) => lab.readPhoto(merge.user)));
  const merges = [];
  for (const [i, merge] of pair.merges.entries()) {
    merges.push({
      user: await lab.faceIn(users[i]!.picture, rectFrom(merge.user_rect)),
      template: await lab.faceIn(template.picture, rectFrom(merge.template_rect)),
    });
  }
  return { pair, template, users, merges };
}

/** Runs a baseline on a prepared pair. */
export function runBaseline(
  baseline: Baseline,
  prepared: PreparedPair,
  triangles: ArrayLike<number>,
): MethodRun {
  const startedAt = performance.now();
  const pairs = prepared.merges.map(({ user, template }) => ({
    user: user.picture,
    userMesh: user.face.mesh,
    templateMesh: template.face.mesh,
  }));
  const picture = baseline.fuse(prepared.template.picture, pairs, triangles);
  return { picture, ms: performance.now() - startedAt, stepMs: {}, faults: [] };
}

/** The product's request for a pair; no label, since it would count as background. */
function requestFor(pair: Pair, users: readonly Photo[], modelType: number): FusionRequest {
  return {
    template: new Uint8Array(),
    origin: BENCH_ORIGIN,
    merges: pair.merges.map((merge, i) => ({
      user: users[i]!.bytes,
      userFaceRect: rectFrom(merge.user_rect),
      templateFaceRect: rectFrom(merge.template_rect),
    })),
    options: {
      ...DEFAULT_FUSION_OPTIONS,
      modelType: modelType as ModelType,
      label: undefined,
    },
  };
}

/**
 * Runs the product on a pair. The template goes in as PNG, so that the result comes back without loss and
 * pixels can be compared. With `isProbed` a second run must give the same bytes, and a run on the photo as
 * it is must answer in its own format and size.
 */
export async function runProduct(
  engine: FusionEngine,
  photos: { readonly pair: Pair; readonly template: Photo; readonly users: readonly Photo[] },
  options: { readonly modelType: number; readonly isProbed: boolean },
): Promise<MethodRun> {
  const request = requestFor(photos.pair, photos.users, options.modelType);
  const lossless = { ...request, template: await encodePng(photos.template.picture) };
  const startedAt = performance.now();
  try {
    const result = await engine.fuse(lossless);
    const ms = performance.now() - startedAt;
    const faults = options.isProbed ? await probe(engine, { lossless, result, photos }) : [];
    return { picture: await decodePicture(result.image), ms, stepMs: result.stepMs, faults };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const ms = performance.now() - startedAt;
    return { refusal: error.reason, ms, stepMs: {}, faults: [] };
  }
}

async function probe(
  engine: FusionEngine,
  first: {
    readonly lossless: FusionRequest;
    readonly result: FusionResult;
    readonly photos: { readonly template: Photo };
  },
): Promise<string[]> {
  const faults: string[] = [];
  const again = await engine.fuse(first.lossless);
  if (Buffer.compare(again.image, first.result.image) !== 0) {
    faults.push("the same request gave other bytes the second time");
  }
  const { template } = first.photos;
  const { image } = await engine.fuse({ ...first.lossless, template: template.bytes });
  const header = readPictureHeader(image);
  const { width, height } = template.picture;
  if (header.format !== template.format || header.width !== width || header.height !== height) {
    faults.push(
      `a ${template.format} template of ${width}x${height} gave ${header.format} ${header.width}x${header.height}`,
    );
  }
  return faults;
}

/** Measures a method's picture of a pair. */
export async function measureRun(
  lab: PhotoLab,
  prepared: PreparedPair,
  method: string,
  run: MethodRun,
): Promise<{ readonly outcome: PairOutcome; readonly found: readonly (SeenFace | undefined)[] }> {
  const { pair, merges, template } = prepared;
  const head = { pair: pair.id, purpose: pair.purpose, isTonePair: pair.isTonePair, method };
  const { ms, stepMs, faults } = run;
  if (!run.picture) {
    const refusal = run.refusal ?? "no picture";
    return {
      outcome: { ...head, refusal, faces: [], background: 0, ms, stepMs, faults },
      found: [],
    };
  }
  const faces: FaceOutcome[] = [];
  const found: (SeenFace | undefined)[] = [];
  for (const [merge, { template: wanted }] of merges.entries()) {
    const seen = await findAgain(lab, run.picture, wanted.face);
    found.push(seen);
    const facePx = faceLength(wanted.face.mesh);
    faces.push(
      seen
        ? {
            merge,
            facePx,
            isFoundAgain: true,
            scores: measureFace(seen, wanted),
            embedding: await lab.embed(seen),
          }
        : { merge, facePx, isFoundAgain: false },
    );
  }
  const windows = merges.map((m) => windowAround(m.template.face.mesh, 0.6, template.picture));
  const background = maxDifferenceOutside(run.picture, template.picture, windows);
  return { outcome: { ...head, faces, background, ms, stepMs, faults }, found };
}
