import type { ModelFiles } from "../models/ensure-models.ts";
import { suppressOverlaps } from "./non-maximum-suppression.ts";
import { type NetworkOptions, openNetwork } from "./session.ts";

/** Key points of a detection: the face's right eye, left eye, nose tip, mouth, right ear, left ear. */
const KEY_POINTS = 6;

/** A face as a detector sees it, in px of its input. */
export interface Detection {
  /** Centre and size of the box from brows to chin. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score01: number;
  /** x y of each of the {@link KEY_POINTS}. */
  readonly keyPoints: readonly number[];
}

/** A face detector; runs one input at a time. */
export interface FaceDetector {
  /** Finds faces in planes R G B of -1..1 with at least this score, best first. */
  detect(input: DetectorInput, minScore01: number): Promise<Detection[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Planes R G B of -1..1. */
export interface DetectorInput {
  readonly planes: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Side of the square input of the short-range detector. */
export const SHORT_RANGE_SIDE_PX = 128;

/** The full-range detector's own input side, in training and in MediaPipe. */
export const FULL_RANGE_SIDE_PX = 192;

/** The full-range detector's input sides must be multiples of this. */
export const FULL_RANGE_STEP_PX = 32;

/**
 * Opens MediaPipe's full-range detector: faces of about 14 to 110 px, in inputs of any size that is a
 * multiple of {@link FULL_RANGE_STEP_PX}. One anchor per cell of 4x4 px.
 */
export function openFullRangeDetector(
  models: ModelFiles,
  options: NetworkOptions = {},
): Promise<FaceDetector> {
  return openDetector(models.fullRangeDetector, options, {
    boxes: "reshaped_regressor_face_4",
    scores: "reshaped_classifier_face_4",
    layers: [{ stride: 4, anchors: 1 }],
  });
}

/** Opens MediaPipe's short-range detector: one face of 25 to 100 px in a 128 px square, any roll to 90 degrees. */
export function openShortRangeDetector(
  models: ModelFiles,
  options: NetworkOptions = {},
): Promise<FaceDetector> {
  return openDetector(models.shortRangeDetector, options, {
    boxes: "regressors",
    scores: "classificators",
    layers: [
      { stride: 8, anchors: 2 },
      { stride: 16, anchors: 6 },
    ],
  });
}

/** A detector's outputs: grids of anchors whose size is fixed, so that offsets are plain px. */
interface DetectorLayout {
  readonly boxes: string;
  readonly scores: string;
  readonly layers: readonly { readonly stride: number; readonly anchors: number }[];
}

async function openDetector(
  file: string,
  options: NetworkOptions,
  layout: DetectorLayout,
): Promise<FaceDetector> {
  const network = await openNetwork(file, options);
  return {
    async detect(input, minScore01) {
      const outputs = await network.run(input.planes, input.width, input.height);
      const raw = { boxes: outputs(layout.boxes), scores: outputs(layout.scores) };
      return suppressOverlaps(decode(raw, layout, input, minScore01));
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

const BOX_VALUES = 4 + 2 * KEY_POINTS;

function decode(
  raw: { readonly boxes: Float32Array; readonly scores: Float32Array },
  layout: DetectorLayout,
  input: DetectorInput,
  minScore01: number,
): Detection[] {
  const minLogit = Math.log(minScore01 / (1 - minScore01));
  const found: Detection[] = [];
  let first = 0;
  for (const { stride, anchors } of layout.layers) {
    const columns = input.width / stride;
    const count = columns * (input.height / stride) * anchors;
    for (let i = 0; i < count; i++) {
      const logit = raw.scores[first + i]!;
      if (logit < minLogit) continue;
      const cell = Math.floor(i / anchors);
      const centre = {
        x: ((cell % columns) + 0.5) * stride,
        y: (Math.floor(cell / columns) + 0.5) * stride,
      };
      const from = (first + i) * BOX_VALUES;
      const values = raw.boxes.subarray(from, from + BOX_VALUES);
      found.push(readDetection(values, centre, 1 / (1 + Math.exp(-logit))));
    }
    first += count;
  }
  return found;
}

function readDetection(
  values: Float32Array,
  anchor: { readonly x: number; readonly y: number },
  score01: number,
): Detection {
  return {
    x: anchor.x + values[0]!,
    y: anchor.y + values[1]!,
    width: values[2]!,
    height: values[3]!,
    score01,
    keyPoints: Array.from(values.subarray(4), (v, i) => v + (i % 2 === 0 ? anchor.x : anchor.y)),
  };
}
