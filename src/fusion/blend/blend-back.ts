import { loadKernels, reserveBlocks } from "../../imaging/kernels/kernels.ts";
import { type LentFieldRows, prepareFields } from "../../imaging/lent-fields.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
import type { FaceLayer } from "../face-layer.ts";
import type { BackgroundWarp } from "./background-warp.ts";
import type { BlendMask } from "./blend-mask.ts";

/** Displacements below this many px are not worth a resampling: such pixels keep their bytes. */
const NEGLIGIBLE_PX = 0.04;
/** Width in px over which the warped background passes into the template's own face. */
const CROSSFADE_PX = 2;
/** Rows that are blended before the next ones are brought into the kernels' memory. */
const STRIP_ROWS = 64;

/**
 * Writes the fused face and the bent background into the picture, in place; bytes outside the warp's region are
 * not touched. The inner loop is kernels/blend-row.ts.
 */
export function blendBack(
  picture: Picture,
  layer: FaceLayer,
  mask: BlendMask,
  warp: BackgroundWarp,
): void {
  const { region } = warp;
  const prepared = prepareFields([warp.dx, warp.dy], {
    cellPx: warp.stepPx,
    widthPx: region.width,
    // Nodes lie at whole steps from the region's corner, pixel centres half a pixel further.
    shiftPx: warp.stepPx / 2,
  });
  // Catmull-Rom reads two rows past the displaced one.
  const reach = 3 + Math.ceil(warp.dy.data.reduce((most, d) => Math.max(most, Math.abs(d)), 0));
  const rowBytes = 3 * region.width;
  const windowRows = Math.min(region.height, STRIP_ROWS + 2 * reach);
  const [source, fieldsAt, rows, out] = reserveBlocks(
    (windowRows + 1) * rowBytes,
    prepared.bytes,
    10 * 4 * region.width,
    rowBytes,
  ) as [number, number, number, number];
  const { buffer } = loadKernels().memory;
  const scene: BlendScene = {
    ...{ picture, layer, mask, region, reach },
    fields: prepared.lend(fieldsAt),
    window: { at: source, from: 0, to: 0, bytes: new Uint8Array(buffer, source) },
    rowsAt: rows,
    rows: new Float32Array(buffer, rows, 10 * region.width),
    outAt: out,
    out: new Uint8Array(buffer, out, rowBytes),
  };
  for (let y = 0; y < region.height; y++) {
    if (y % STRIP_ROWS === 0) slideWindow(scene, y);
    blendRegionRow(scene, y);
  }
}

interface BlendScene {
  readonly picture: Picture;
  readonly layer: FaceLayer;
  readonly mask: BlendMask;
  readonly region: Rect;
  /** dx and dy. */
  readonly fields: LentFieldRows;
  /** How far above and below a row its colours may come from. */
  readonly reach: number;
  readonly window: SourceWindow;
  /** The kernel's fields of one row, see kernels/blend-row.ts. */
  readonly rowsAt: number;
  readonly rows: Float32Array;
  readonly outAt: number;
  readonly out: Uint8Array;
}

/** Rows of the region as they were before, in the kernels' memory. */
interface SourceWindow {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** First row that is there, and the one after the last. */
  from: number;
  to: number;
}

/** Brings the untouched rows that a strip from row y needs; those that the last strip changed are still there. */
function slideWindow({ picture, region, reach, window }: BlendScene, y: number): void {
  const rowBytes = 3 * region.width;
  const from = Math.max(0, y - reach);
  const to = Math.min(region.height, y + STRIP_ROWS + reach);
  const { bytes } = window;
  bytes.copyWithin(0, (from - window.from) * rowBytes, (window.to - window.from) * rowBytes);
  for (let row = window.to; row < to; row++) {
    const at = 3 * ((region.y + row) * picture.width + region.x);
    bytes.set(picture.data.subarray(at, at + rowBytes), (row - from) * rowBytes);
  }
  window.from = from;
  window.to = to;
}

function blendRegionRow(scene: BlendScene, y: number): void {
  const { picture, region, fields, rows, window } = scene;
  const { width, height } = region;
  fields.seekRow(y, 0, 2);
  const { buffer } = rows;
  for (let i = 0; i < 2; i++) {
    rows.set(new Float32Array(buffer, fields.rowsAt + i * fields.pitch, width), i * width);
  }
  layFaceRow(scene, region.y + y);
  const source = window.at - 3 * width * window.from;
  const perCrossfadePx = 1 / CROSSFADE_PX;
  loadKernels().blendRow(
    source,
    width,
    height,
    y,
    scene.rowsAt,
    scene.outAt,
    NEGLIGIBLE_PX,
    perCrossfadePx,
  );
  picture.data.set(scene.out, 3 * ((region.y + y) * picture.width + region.x));
}

/** Lays border distance, alpha and colours of the face's window into the row; beside the window the border is 0. */
function layFaceRow({ rows, region, layer, mask }: BlendScene, pictureY: number): void {
  const { area, width, height } = layer.canvas;
  const pitch = region.width;
  rows.fill(0, 2 * pitch, 3 * pitch);
  const y = pictureY - area.y;
  if (y < 0 || y >= height) return;
  const at = area.x - region.x;
  const [from, to] = [y * width, (y + 1) * width];
  rows.set(mask.border.data.subarray(from, to), 2 * pitch + at);
  rows.set(mask.alpha.subarray(from, to), 3 * pitch + at);
  rows.set(layer.template.subarray(3 * from, 3 * to), 4 * pitch + 3 * at);
  rows.set(layer.rgb.subarray(3 * from, 3 * to), 7 * pitch + 3 * at);
}
