import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createFieldSampler, type FieldSampler } from "../../imaging/field-sampler.ts";
import { levelOfLog } from "../../imaging/log-opponent.ts";
import type { Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import {
  addRelitPixel,
  type PixelKind,
  type RelightConstants,
  SOURCE_FIELDS,
  WEIGHT,
} from "./relight-pixel.ts";
import type { SourceWeights } from "./source-weights.ts";

/** Everything the composition blends. */
export interface Composition {
  readonly canvas: FaceCanvas;
  readonly grid: FaceGrid;
  readonly zones: FaceZones;
  readonly weights: SourceWeights;
  readonly userLight: LightFields;
  readonly mirroredLight: LightFields;
  readonly constants: RelightConstants;
}

/** The blended face, pixel by pixel. */
export interface ComposedFace {
  /** Gamma-coded RGB levels 0..255 (floats, interleaved); 0 where nothing is covered. */
  readonly rgb: Float32Array;
  /** How much each pixel is feature (eyes, brows, lips, nostrils) rather than skin, 0..1. */
  readonly feature: Float32Array;
}

/**
 * Blends the relit photo, its relit mirrored half and the template's own skin into one face in log-opponent space.
 */
export function composeFace(scene: Composition): ComposedFace {
  const { canvas } = scene;
  const rgb = new Float32Array(canvas.width * canvas.height * 3);
  const feature = new Float32Array(canvas.width * canvas.height);
  const sampler = fieldsOf(scene);
  const row: RowScene = {
    ...scene,
    sampler,
    values: new Float32Array(sampler.count),
    mixed: new Float32Array(3),
    kind: { feature: 0, lip: 0, eye: 0 },
    rgb,
    feature,
  };
  for (let y = 0; y < canvas.height; y++) {
    sampler.seekRow(y);
    composeRow(row, y);
  }
  return { rgb, feature };
}

interface RowScene extends Composition, ComposedFace {
  readonly sampler: FieldSampler;
  readonly values: Float32Array;
  readonly mixed: Float32Array;
  readonly kind: PixelKind;
}

const FEATURE_FIELD = 2 * SOURCE_FIELDS;
const LIP_FIELD = FEATURE_FIELD + 1;
const EYE_FIELD = FEATURE_FIELD + 2;
/** Weights below this change no 8-bit level. */
const NEGLIGIBLE = 0.002;

function composeRow(scene: RowScene, y: number): void {
  const { canvas, values, mixed, kind } = scene;
  for (let x = 0; x < canvas.width; x++) {
    const at = y * canvas.width + x;
    if (canvas.raster.triangle[at]! < 0) continue;
    scene.sampler.read(x, values);
    kind.feature = values[FEATURE_FIELD]!;
    kind.lip = values[LIP_FIELD]!;
    kind.eye = values[EYE_FIELD]!;
    const rest = 1 - values[WEIGHT]! - values[SOURCE_FIELDS + WEIGHT]!;
    for (let c = 0; c < 3; c++) mixed[c] = rest * canvas.template[3 * at + c]!;
    if (values[WEIGHT]! > NEGLIGIBLE) {
      addRelitPixel({ colours: canvas.user, at: 3 * at }, { values, at: 0 }, scene, mixed);
    }
    if (values[SOURCE_FIELDS + WEIGHT]! > NEGLIGIBLE) {
      const field = { values, at: SOURCE_FIELDS };
      addRelitPixel({ colours: canvas.mirrored, at: 3 * at }, field, scene, mixed);
    }
    scene.feature[at] = kind.feature;
    writeLevels(mixed, scene.rgb, 3 * at);
  }
}

/** Converts Y A B at 0 of `colour` to RGB levels at `at` of `out`. */
export function writeLevels(colour: ArrayLike<number>, out: Float32Array, at: number): void {
  const green = colour[0]! - 0.3 * colour[1]! - 0.1 * colour[2]!;
  out[at] = levelOfLog(green + colour[1]!);
  out[at + 1] = levelOfLog(green);
  out[at + 2] = levelOfLog(green + colour[2]!);
}

function fieldsOf(scene: Composition): FieldSampler {
  const { grid, zones, weights } = scene;
  const soften = (plane: Plane): Plane => gaussianBlur(plane, 0.015 * grid.scale);
  return createFieldSampler(
    [
      ...sourceFields(scene.userLight, weights.user),
      ...sourceFields(scene.mirroredLight, weights.mirrored),
      soften(zones.features),
      soften(zones.lips),
      soften(zones.eyeballs),
    ],
    grid.cellPx,
  );
}

function sourceFields(light: LightFields, weight: Plane): Plane[] {
  return [
    ...[light.shiftY, light.baseY, light.middleY, light.shiftA],
    ...[light.baseA, light.shiftB, light.baseB, weight],
  ];
}
