import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createFieldSampler, type FieldSampler } from "../../imaging/field-sampler.ts";
import { levelOfLog } from "../../imaging/log-opponent.ts";
import { dilate } from "../../imaging/morphology.ts";
import { type Plane, planeFrom } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import {
  type AddRelitPixel,
  createPixelRelighter,
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
  const values = new Float32Array(sampler.count);
  const mixed = new Float32Array(3);
  const kind: PixelKind = { feature: 0, lip: 0, eye: 0 };
  const add = createPixelRelighter(scene.constants, values, kind, mixed);
  const mirrored = drawUsedMirror(scene);
  const row: RowScene = { canvas, mirrored, sampler, values, mixed, kind, add, rgb, feature };
  for (let y = 0; y < canvas.height; y++) {
    sampler.seekRow(y);
    composeRow(row, y);
  }
  return { rgb, feature };
}

/** Draws the mirrored half where the composition will take something from it. */
function drawUsedMirror({ canvas, grid, weights }: Composition): Float32Array {
  const share = dilate(weights.mirrored, 1, NEGLIGIBLE);
  const { cellPx } = grid;
  return canvas.drawMirrored((pixel) => {
    const x = pixel % canvas.width;
    const y = (pixel - x) / canvas.width;
    return share.data[Math.floor(y / cellPx) * grid.width + Math.floor(x / cellPx)]! > 0;
  });
}

interface RowScene extends ComposedFace {
  readonly canvas: FaceCanvas;
  readonly mirrored: Float32Array;
  readonly sampler: FieldSampler;
  readonly values: Float32Array;
  readonly mixed: Float32Array;
  readonly kind: PixelKind;
  readonly add: AddRelitPixel;
}

const FEATURE_FIELD = 2 * SOURCE_FIELDS;
const LIP_FIELD = FEATURE_FIELD + 1;
const EYE_FIELD = FEATURE_FIELD + 2;
/** Weights below this change no 8-bit level. */
const NEGLIGIBLE = 0.002;

function composeRow(scene: RowScene, y: number): void {
  const { canvas, values, mixed, kind, sampler, add } = scene;
  const { template, user } = canvas;
  const { triangle } = canvas.raster;
  const end = (y + 1) * canvas.width;
  for (let at = y * canvas.width, x = 0; at < end; at++, x++) {
    if (triangle[at]! < 0) continue;
    sampler.read(x, values);
    kind.feature = values[FEATURE_FIELD]!;
    kind.lip = values[LIP_FIELD]!;
    kind.eye = values[EYE_FIELD]!;
    const direct = values[WEIGHT]!;
    const reflected = values[SOURCE_FIELDS + WEIGHT]!;
    const rest = 1 - direct - reflected;
    mixed[0] = rest * template[3 * at]!;
    mixed[1] = rest * template[3 * at + 1]!;
    mixed[2] = rest * template[3 * at + 2]!;
    if (direct > NEGLIGIBLE) add(user, 3 * at, 0);
    if (reflected > NEGLIGIBLE) add(scene.mirrored, 3 * at, SOURCE_FIELDS);
    scene.feature[at] = kind.feature;
    writeLevels(mixed, 0, scene.rgb, 3 * at);
  }
}

/** Converts Y A B at `from` of `colour` to RGB levels at `at` of `out`. */
export function writeLevels(
  colour: ArrayLike<number>,
  from: number,
  out: Float32Array,
  at: number,
): void {
  const green = colour[from]! - 0.3 * colour[from + 1]! - 0.1 * colour[from + 2]!;
  out[at] = levelOfLog(green + colour[from + 1]!);
  out[at + 1] = levelOfLog(green);
  out[at + 2] = levelOfLog(green + colour[from + 2]!);
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
  const { width, height, data } = light.shiftY;
  const brightening = planeFrom(width, height, (i) => 1 - Math.exp(-Math.max(0, data[i]!)));
  return [
    ...[light.shiftY, light.baseY, light.middleY, light.shiftA],
    ...[light.baseA, light.shiftB, light.baseB, brightening, weight],
  ];
}
