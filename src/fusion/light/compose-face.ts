import { borrowFloats, returnFloats } from "../../imaging/float-store.ts";
import { loadKernels, reserveBlocks } from "../../imaging/kernels/kernels.ts";
import { type LentFieldRows, prepareFields } from "../../imaging/lent-fields.ts";
import { dilate } from "../../imaging/morphology.ts";
import type { Plane } from "../../imaging/plane.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import { type Composition, kindPlanes, PLANES_PER_SOURCE, sourcePlanes } from "./composition.ts";
import { NEGLIGIBLE_WEIGHT, type RelightConstants } from "./relight-gains.ts";

/** The blended face, pixel by pixel. */
export interface ComposedFace {
  /** Gamma-coded RGB levels 0..255 (floats, interleaved); 0 where nothing is covered. */
  readonly rgb: Float32Array;
  /** How much each pixel is feature (eyes, brows, lips, nostrils) rather than skin, 0..1. */
  readonly feature: Float32Array;
}

/**
 * Blends the relit photo, its relit mirrored half and the template's own skin into one face in log-opponent space. The inner
 * loop is kernels/compose-row.ts.
 */
export function composeFace(scene: Composition): ComposedFace {
  const { canvas, grid, weights } = scene;
  const { width, height } = canvas;
  const mirrored = drawUsedMirror(scene);
  const composed = {
    rgb: borrowFloats(width * height * 3),
    feature: borrowFloats(width * height),
  };
  const rows = lendRows(scene);
  const isUserUsed = rowsInUse(weights.user, grid);
  const isMirrorUsed = rowsInUse(weights.mirrored, grid);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    const [hasUser, hasMirror] = [isUserUsed(y), isMirrorUsed(y)];
    seekSource(rows, y, 0, hasUser);
    seekSource(rows, y, PLANES_PER_SOURCE, hasMirror);
    rows.fields.seekRow(y, 2 * PLANES_PER_SOURCE, 3);
    // Without weights the kernel passes a source over.
    if (hasUser) rows.user.set(canvas.user.subarray(3 * from, 3 * to));
    if (hasMirror) rows.mirrored.set(mirrored.subarray(3 * from, 3 * to));
    rows.template.set(canvas.template.subarray(3 * from, 3 * to));
    rows.triangles.set(canvas.raster.triangle.subarray(from, to));
    rows.compose();
    composed.rgb.set(rows.out, 3 * from);
    composed.feature.set(rows.feature, from);
  }
  returnFloats(mirrored);
  return composed;
}

/** One row of everything that the kernel reads and writes, in its memory. */
interface ComposedRows {
  readonly fields: LentFieldRows;
  /** Weights of the source whose planes begin with the given one. */
  weightOf(firstPlane: number): Float32Array;
  readonly feature: Float32Array;
  readonly user: Float32Array;
  readonly mirrored: Float32Array;
  readonly template: Float32Array;
  readonly triangles: Int16Array;
  readonly out: Float32Array;
  compose(): void;
}

function lendRows(scene: Composition): ComposedRows {
  const { canvas, grid, weights, constants } = scene;
  const { width } = canvas;
  const prepared = prepareFields(
    [
      ...sourcePlanes(scene.userLight, weights.user, constants),
      ...sourcePlanes(scene.mirroredLight, weights.mirrored, constants),
      ...kindPlanes(scene),
    ],
    { cellPx: grid.cellPx, widthPx: width },
  );
  // The kernel works on four pixels at a time and writes those past the row's end as well.
  const colours = 12 * (width + 4);
  const [fieldsAt, user, mirrored, template, triangles, face, out] = reserveBlocks(
    ...[prepared.bytes, colours, colours, colours, 2 * (width + 4), 12, colours],
  ) as [number, number, number, number, number, number, number];
  const { memory, composeRow } = loadKernels();
  const fields = prepared.lend(fieldsAt);
  const floats = (at: number, length: number): Float32Array =>
    new Float32Array(memory.buffer, at, length);
  const row = floats(out, 3 * width);
  floats(face, 3).set(constantsOf(constants));
  new Int16Array(memory.buffer, triangles, width + 4).fill(-1);
  return {
    fields,
    weightOf: (firstPlane) => floats(fields.rowsAt + firstPlane * fields.pitch, width),
    feature: floats(fields.rowsAt + 2 * PLANES_PER_SOURCE * fields.pitch, width),
    user: floats(user, 3 * width),
    mirrored: floats(mirrored, 3 * width),
    template: floats(template, 3 * width),
    triangles: new Int16Array(memory.buffer, triangles, width),
    out: row,
    compose() {
      // Groups of four pixels without any face are passed over.
      row.fill(0);
      composeRow(
        fields.rowsAt,
        fields.pitch,
        user,
        mirrored,
        template,
        triangles,
        face,
        width,
        out,
      );
    },
  };
}

/** The constants in the order that the kernel reads. */
function constantsOf(constants: RelightConstants): number[] {
  return [constants.skinChromaGain, constants.colourfulness, constants.highlightLimit];
}

/** Seeks a row of a source's fields; where the source has no weight only that is written. */
function seekSource(rows: ComposedRows, y: number, firstPlane: number, isUsed: boolean): void {
  if (isUsed) rows.fields.seekRow(y, firstPlane, PLANES_PER_SOURCE);
  else rows.weightOf(firstPlane).fill(0);
}

/** Draws the mirrored half where the composition will take something from it. */
function drawUsedMirror({ canvas, grid, weights }: Composition): Float32Array {
  // Diagonal neighbours too: the weight between cell centres is interpolated from four.
  const share = dilate(weights.mirrored, 1.5, NEGLIGIBLE_WEIGHT);
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
