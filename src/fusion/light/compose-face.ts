import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createFieldRows, type FieldRows } from "../../imaging/field-rows.ts";
import { levelOfLog, writeLogOpponent } from "../../imaging/log-opponent.ts";
import { dilate } from "../../imaging/morphology.ts";
import { type Plane, planeFrom } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import {
  chromaFade,
  type KindRows,
  middleGain,
  NEGLIGIBLE_WEIGHT,
  type RelightConstants,
  relightRow,
  type SourceRows,
} from "./relight-row.ts";
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
  const { canvas, constants } = scene;
  const { width, height } = canvas;
  const composed = {
    rgb: new Float32Array(width * height * 3),
    feature: new Float32Array(width * height),
  };
  const mirrored = drawUsedMirror(scene);
  const fields = createSceneRows(scene);
  const mixed = new Float32Array(3 * width);
  for (let y = 0; y < height; y++) {
    const colourAt = 3 * y * width;
    fields.seekRow(y);
    startRow(canvas.template, colourAt, fields, mixed);
    relightRow(
      { colours: canvas.user, colourAt, rows: fields.user },
      fields.kind,
      constants,
      mixed,
    );
    relightRow(
      { colours: mirrored, colourAt, rows: fields.mirrored },
      fields.kind,
      constants,
      mixed,
    );
    finishRow(canvas, y, mixed, composed.rgb);
    composed.feature.set(fields.kind.feature, y * width);
  }
  return composed;
}

/** Fills the mix with the template's own skin where no source is taken. */
function startRow(
  template: Float32Array,
  from: number,
  fields: SceneRows,
  mixed: Float32Array,
): void {
  const [direct, reflected] = [fields.user.weight, fields.mirrored.weight];
  mixed.fill(0);
  for (let x = 0; x < direct.length; x++) {
    const rest = 1 - direct[x]! - reflected[x]!;
    if (rest <= NEGLIGIBLE_WEIGHT) continue;
    writeLogOpponent(mixed, 3 * x, template, from + 3 * x);
    mixed[3 * x]! *= rest;
    mixed[3 * x + 1]! *= rest;
    mixed[3 * x + 2]! *= rest;
  }
}

/** Converts the covered pixels of a row to RGB levels. */
function finishRow(canvas: FaceCanvas, y: number, mixed: Float32Array, rgb: Float32Array): void {
  const { triangle } = canvas.raster;
  const from = y * canvas.width;
  for (let x = 0; x < canvas.width; x++) {
    if (triangle[from + x]! >= 0) writeLevels(mixed, 3 * x, rgb, 3 * (from + x));
  }
}

/** Draws the mirrored half where the composition will take something from it. */
function drawUsedMirror({ canvas, grid, weights }: Composition): Float32Array {
  const share = dilate(weights.mirrored, 1, NEGLIGIBLE_WEIGHT);
  const { cellPx } = grid;
  const chosen = new Uint8Array(canvas.width * canvas.height);
  for (let cell = 0; cell < share.data.length; cell++) {
    if (share.data[cell] === 0) continue;
    const left = (cell % grid.width) * cellPx;
    const top = Math.floor(cell / grid.width) * cellPx;
    const right = Math.min(left + cellPx, canvas.width);
    for (let y = top; y < Math.min(top + cellPx, canvas.height); y++) {
      chosen.fill(1, y * canvas.width + left, y * canvas.width + right);
    }
  }
  return canvas.drawMirrored(chosen);
}

/** All smooth fields along a row of pixels. */
interface SceneRows {
  readonly user: SourceRows;
  readonly mirrored: SourceRows;
  readonly kind: KindRows;
  seekRow(y: number): void;
}

function createSceneRows(scene: Composition): SceneRows {
  const { canvas, grid, zones, weights, constants } = scene;
  const scale = { cellPx: grid.cellPx, widthPx: canvas.width };
  const soften = (plane: Plane): Plane => gaussianBlur(plane, 0.015 * grid.scale);
  const user = createFieldRows(sourcePlanes(scene.userLight, weights.user, constants), scale);
  const mirrored = createFieldRows(
    sourcePlanes(scene.mirroredLight, weights.mirrored, constants),
    scale,
  );
  const userRows = rowsInUse(weights.user, grid);
  const mirroredRows = rowsInUse(weights.mirrored, grid);
  const kinds = [zones.features, zones.lips, zones.eyeballs].map(soften);
  const kind = createFieldRows(kinds, scale);
  return {
    user: sourceRows(user),
    mirrored: sourceRows(mirrored),
    kind: { feature: kind.rows[0]!, lip: kind.rows[1]!, eye: kind.rows[2]! },
    seekRow(y) {
      kind.seekRow(y);
      seekUsedRow(user, userRows, y);
      seekUsedRow(mirrored, mirroredRows, y);
    },
  };
}

/** For each row of pixels, whether the source has any weight in it; a cell's weight reaches into its neighbours. */
function rowsInUse(weight: Plane, grid: FaceGrid): (y: number) => boolean {
  const isUsed = Array.from({ length: grid.height }, (_, row) =>
    weight.data
      .subarray(row * grid.width, (row + 1) * grid.width)
      .some((share) => share > NEGLIGIBLE_WEIGHT),
  );
  return (y) => {
    const row = Math.floor(y / grid.cellPx);
    return [row - 1, row, row + 1].some((near) => isUsed[near]);
  };
}

/** Seeks a row of a source's fields; where the source has no weight only that is written. */
function seekUsedRow(fields: FieldRows, isUsed: (y: number) => boolean, y: number): void {
  if (isUsed(y)) fields.seekRow(y);
  else fields.rows[0]!.fill(0);
}

/** The planes of one source in the order that {@link sourceRows} names them. */
function sourcePlanes(light: LightFields, weight: Plane, constants: RelightConstants): Plane[] {
  const { width, height, data } = light.shiftY;
  const fromShift = (fieldAt: (shift: number) => number): Plane =>
    planeFrom(width, height, (i) => fieldAt(data[i]!));
  return [
    ...[weight, light.shiftY, light.shiftA, light.shiftB],
    ...[light.baseY, light.baseA, light.baseB, light.middleY],
    fromShift((shift) => 1 - Math.exp(-Math.max(0, shift))),
    fromShift((shift) => middleGain(constants, shift)),
    fromShift(chromaFade),
  ];
}

function sourceRows({ rows }: FieldRows): SourceRows {
  return {
    ...{ weight: rows[0]!, shiftY: rows[1]!, shiftA: rows[2]!, shiftB: rows[3]! },
    ...{ baseY: rows[4]!, baseA: rows[5]!, baseB: rows[6]!, middleY: rows[7]! },
    ...{ brightening: rows[8]!, middleGain: rows[9]!, chromaFade: rows[10]! },
  };
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
