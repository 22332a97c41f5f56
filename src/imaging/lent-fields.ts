import { FIELD_RUN_BYTES, type FieldScale, fieldPlaces, writeFieldRuns } from "./field-places.ts";
import { loadKernels } from "./kernels/kernels.ts";
import type { Plane } from "./plane.ts";

/** Coarse planes of equal size, ready to be brought into the kernels' memory. */
export interface LentFields {
  /** Size of the block that {@link LentFields.lend} fills. */
  readonly bytes: number;
  /** Brings the planes to an address of the kernels' memory; what it returns holds as long as the block. */
  lend(at: number): LentFieldRows;
}

/** The planes bilinearly enlarged, a pixel row at a time, in the kernels' memory. */
export interface LentFieldRows {
  /** Address of the first plane's row of floats; the others follow. */
  readonly rowsAt: number;
  /** Bytes from one plane's row to the next; a row has room for 16 bytes more than its pixels. */
  readonly pitch: number;
  /** Fills the rows of `count` planes from plane `first` at pixel row y. */
  seekRow(y: number, first: number, count: number): void;
}

/** Prepares planes of equal size for bilinear enlargement; the inner loop is kernels/stretch-fields.ts. */
export function prepareFields(planes: readonly Plane[], scale: FieldScale): LentFields {
  const { width, height } = planes[0]!;
  const { runs, placeOfRow } = fieldPlaces(planes[0]!, scale);
  const planeBytes = aligned(4 * width * height);
  const pitch = aligned(4 * scale.widthPx + 16);
  const sizes = {
    planes: planeBytes * planes.length,
    runs: aligned(FIELD_RUN_BYTES * runs.length),
    coarse: aligned(4 * (width + 4)),
    rows: pitch * planes.length,
  };
  return {
    bytes: sizes.planes + sizes.runs + sizes.coarse + sizes.rows,
    lend(at) {
      const { memory, stretchFields } = loadKernels();
      for (const [i, plane] of planes.entries()) {
        new Float32Array(memory.buffer, at + i * planeBytes, plane.data.length).set(plane.data);
      }
      const runsAt = at + sizes.planes;
      writeFieldRuns(runs, new DataView(memory.buffer, runsAt, sizes.runs));
      const coarseAt = runsAt + sizes.runs;
      const rowsAt = coarseAt + sizes.coarse;
      return {
        rowsAt,
        pitch,
        seekRow(y, first, count) {
          const { upper, lower, share } = placeOfRow(y);
          const from = at + first * planeBytes;
          // One by one: spread arguments would make arrays for every row.
          stretchFields(
            from + 4 * upper,
            from + 4 * lower,
            planeBytes,
            count,
            share,
            width,
            runsAt,
            runs.length,
            coarseAt,
            rowsAt + first * pitch,
            pitch,
          );
        },
      };
    },
  };
}

function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}
