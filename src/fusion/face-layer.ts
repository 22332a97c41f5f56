import { borrowFloats, returnFloats } from "../imaging/float-store.ts";
import { loadKernels, reserveBlocks } from "../imaging/kernels/kernels.ts";
import type { Picture } from "../imaging/picture.ts";
import type { Plane } from "../imaging/plane.ts";
import { forEachMasked, NEGLIGIBLE_MASK, type SoftMask } from "../imaging/soft-mask.ts";
import type { FaceCanvas } from "./face-canvas.ts";
import type { ComposedFace } from "./light/compose-face.ts";
import { faceScale } from "./shape/measure-face.ts";

/** Pixels that are worked on before the next ones are brought into the kernels' memory. */
const STRIP_PIXELS = 1 << 16;

/** The face being fused: its pixels so far and the template's own, both as RGB levels 0..255 (floats). */
export interface FaceLayer extends ComposedFace {
  readonly canvas: FaceCanvas;
  /** Interleaved RGB of the template's own face in the same geometry; the plain template where no face is. */
  readonly template: Float32Array;
  /**
   * Share of what is done to detail after the features are restored: 0 at the face's border and outside it, 1 from a tenth of
   * the face length inwards, and 0 where pixels are to stay as they are.
   */
  readonly interior: Float32Array;
  /** Luma of the plain template in the window, before anything was moved. */
  readonly plainLuma: Plane;
}

/** Joins the composed pixels with the template's own face; uncovered pixels show the plain template. */
export function createFaceLayer(
  canvas: FaceCanvas,
  composed: ComposedFace,
  scene: { readonly picture: Picture; readonly border: Plane },
): FaceLayer {
  const { template } = canvas;
  const plain = plainWindow(canvas, scene.picture);
  const { triangle } = canvas.raster;
  forEachUncovered(triangle, (from, to) => {
    const pixels = plain.subarray(3 * from, 3 * to);
    composed.rgb.set(pixels, 3 * from);
    template.set(pixels, 3 * from);
  });
  const reach = 0.1 * faceScale(canvas.mesh);
  const interior = interiorOf(scene.border, reach);
  const plainLuma = lumaOf(plain, canvas);
  returnFloats(plain);
  return { ...composed, canvas, template, interior, plainLuma };
}

/** Shares 0..1 from distances to the border: 0 on it and outside the face, 1 from `reach` px inwards. */
function interiorOf(border: Plane, reach: number): Float32Array {
  const interior = borrowFloats(border.data.length);
  interior.set(border.data);
  const strip = Math.min(STRIP_PIXELS, (interior.length + 3) & ~3);
  const [at] = reserveBlocks(4 * strip) as [number];
  const { memory, writeInterior } = loadKernels();
  const lent = new Float32Array(memory.buffer, at, strip);
  for (let from = 0; from < interior.length; from += strip) {
    lent.set(interior.subarray(from, from + strip));
    writeInterior(at, strip, reach);
    interior.set(lent.subarray(0, interior.length - from), from);
  }
  return interior;
}

/** Calls back for each run of pixels that no triangle covers. */
function forEachUncovered(triangle: Int16Array, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < triangle.length; from++) {
    if (triangle[from]! >= 0) continue;
    let to = from + 1;
    while (to < triangle.length && triangle[to]! < 0) to++;
    visit(from, to);
    from = to;
  }
}

function plainWindow(canvas: FaceCanvas, picture: Picture): Float32Array {
  const { area, width, height } = canvas;
  const plain = borrowFloats(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((area.y + y) * picture.width + area.x) * 3;
    plain.set(picture.data.subarray(from, from + width * 3), y * width * 3);
  }
  return plain;
}

/** Replaces the masked pixels by the template's own. */
export function takeTemplate(layer: FaceLayer, mask: SoftMask | undefined, strength = 1): void {
  if (!mask) return;
  const { rgb, template } = layer;
  const { width, height, data } = mask.plane;
  for (let y = 0, cell = 0; y < height; y++) {
    let at = 3 * ((mask.y + y) * layer.canvas.width + mask.x);
    for (let x = 0; x < width; x++, cell++, at += 3) {
      const value = data[cell]!;
      if (value <= NEGLIGIBLE_MASK) continue;
      const share = strength * value;
      rgb[at]! += share * (template[at]! - rgb[at]!);
      rgb[at + 1]! += share * (template[at + 1]! - rgb[at + 1]!);
      rgb[at + 2]! += share * (template[at + 2]! - rgb[at + 2]!);
    }
  }
}

/** Keeps the masked pixels from being sharpened, smoothed or enhanced by later steps. */
export function keepAsIs({ canvas, interior }: FaceLayer, mask: SoftMask | undefined): void {
  if (!mask) return;
  forEachMasked(mask, canvas.width, (pixel, value) => {
    interior[pixel]! *= 1 - value;
  });
}

/** Mixes the template's own face into the whole layer; `share` 0 changes nothing, 1 leaves nothing of the user's. */
export function takeTemplateShare({ rgb, template }: FaceLayer, share: number): void {
  for (let i = 0; i < rgb.length; i++) rgb[i]! += share * (template[i]! - rgb[i]!);
}

/** Rec. 601 luma of interleaved RGB levels. */
export function lumaOf(
  rgb: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Plane {
  const data = borrowFloats(width * height);
  const strip = Math.min(STRIP_PIXELS, (data.length + 3) & ~3);
  const [colours, luma] = reserveBlocks(12 * strip, 4 * strip) as [number, number];
  const { memory, writeLuma } = loadKernels();
  const from = new Float32Array(memory.buffer, colours, 3 * strip);
  const to = new Float32Array(memory.buffer, luma, strip);
  for (let at = 0; at < data.length; at += strip) {
    from.set(rgb.subarray(3 * at, 3 * (at + strip)));
    writeLuma(colours, strip, luma);
    data.set(to.subarray(0, data.length - at), at);
  }
  return { width, height, data };
}

/** The same of the part of a layer's pixels that a mask's window shows. */
export function lumaWithin(rgb: Float32Array, { canvas }: FaceLayer, mask: SoftMask): Plane {
  const { width, height } = mask.plane;
  const window = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((mask.y + y) * canvas.width + mask.x);
    window.set(rgb.subarray(from, from + 3 * width), 3 * y * width);
  }
  return lumaOf(window, mask.plane);
}
