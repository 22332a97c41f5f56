import { loadCanonicalFace } from "../faces/canonical-face.ts";
import { createFaceFinder, type FaceFinder } from "../faces/find-faces.ts";
import { emptyFloatStore } from "../imaging/float-store.ts";
import { releaseKernels } from "../imaging/kernels/kernels.ts";
import { type ContentClassifier, openContentClassifier } from "../inference/content-classifier.ts";
import { ensureModels, findOptionalModel } from "../models/ensure-models.ts";
import { type DetectedFaces, detectFaces } from "./detect-faces.ts";
import { createFaceTopology, type FaceTopology } from "./face-topology.ts";
import type { FusionRequest, FusionResult } from "./fusion-request.ts";
import { FaceWork, FusionWork } from "./fusion-work.ts";
import { AFTER_FACES, BEFORE_FACES, PER_FACE } from "./pipeline.ts";
import { tuneFusion } from "./presets.ts";
import { runSteps, type StepWatch } from "./step.ts";
import { ENOUGH_WARM_UP_MS, warmUp } from "./warm-up.ts";

/** What an engine is made from. */
export interface FusionEngineOptions {
  /** Folder of the converted models; missing ones are built. */
  readonly modelsDir: string;
  /** Threads of one network run, 1 by default. */
  readonly threads?: number;
}

/** Who wants to know how a fusion gets on. */
export interface FusionHooks {
  /** Called with the name of each step as it starts; once per face for the steps of a face. */
  readonly onStep?: (name: string) => void;
}

/** Fuses faces: encoded pictures in, an encoded picture out. Serves one call at a time. */
export interface FusionEngine {
  readonly finder: FaceFinder;
  /**
   * Throws an AppError: what decoding and finding faces throw (`picture-undecodable`, `picture-too-small`,
   * `picture-too-large`, `face-not-found`, `face-too-small`).
   */
  fuse(request: FusionRequest, hooks?: FusionHooks): Promise<FusionResult>;
  /** Lists the faces of an encoded picture; throws what decoding throws. */
  detect(picture: Uint8Array): Promise<DetectedFaces>;
  /** Makes the first call nearly as fast as later ones; begins nothing new after `enoughMs`, 800 unless given. */
  warmUp(enoughMs?: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Loads the networks and makes an engine. Throws `model-unavailable`. */
export async function createFusionEngine(options: FusionEngineOptions): Promise<FusionEngine> {
  const models = await ensureModels({ modelsDir: options.modelsDir });
  const topology = createFaceTopology(await loadCanonicalFace(models));
  const finder = await createFaceFinder({ models, threads: options.threads ?? 1 });
  const openClassifier = classifierOpener(options);
  const parts = { finder, topology, openClassifier };
  return {
    finder,
    detect: (picture) => detectFaces(picture, finder),
    fuse: (request, hooks = {}) => fuse(request, hooks, parts),
    warmUp: (enoughMs = ENOUGH_WARM_UP_MS) =>
      warmUp((request) => fuse(request, {}, parts), enoughMs),
    [Symbol.asyncDispose]: () => finder[Symbol.asyncDispose](),
  };
}

/** Most servers never screen pictures: the classifier's memory is taken when the first call asks for it. */
function classifierOpener({
  modelsDir,
  threads = 1,
}: FusionEngineOptions): EngineParts["openClassifier"] {
  let opened: Promise<ContentClassifier> | undefined;
  return () => {
    opened ??= findOptionalModel("contentClassifier", modelsDir).then((file) =>
      openContentClassifier(file, { threads }),
    );
    return opened;
  };
}

/** What an engine keeps from call to call. */
interface EngineParts {
  readonly finder: FaceFinder;
  readonly topology: FaceTopology;
  readonly openClassifier: () => Promise<ContentClassifier>;
}

/** Fuses all faces into the result, largest first, and returns the quality of each merge. */
async function fuseFaces(
  work: FusionWork,
  topology: FaceTopology,
  watch: StepWatch,
): Promise<number[]> {
  const { options, merges } = work.request;
  const tuning = tuneFusion(options);
  const quality = merges.map(() => 0);
  for (const pair of work.pairs) {
    const face = new FaceWork(pair, { tuning, topology, picture: work.result });
    await runSteps(PER_FACE, face, watch);
    quality[pair.merge] = face.quality;
    face.returnArrays();
  }
  return quality;
}

/**
 * From this size on the faces' planes and the kernels' memory are collected before the encoder takes as much memory again,
 * where the process was started with --expose-gc; the engine itself would not notice in time, since the encoder's memory
 * is not its own.
 */
const LARGE_PIXELS = 16e6;

async function fuse(
  request: FusionRequest,
  hooks: FusionHooks,
  parts: EngineParts,
): Promise<FusionResult> {
  const watch: StepWatch = { onStep: hooks.onStep, stepMs: {} };
  const work = new FusionWork(request, parts);
  await runSteps(BEFORE_FACES, work, watch);
  const quality = await fuseFaces(work, parts.topology, watch);
  if (work.result.width * work.result.height > LARGE_PIXELS) {
    emptyFloatStore();
    releaseKernels();
    globalThis.gc?.();
  }
  await runSteps(AFTER_FACES, work, watch);
  const { width, height, format } = work.template;
  return { image: work.image, format, width, height, stepMs: watch.stepMs, quality };
}
