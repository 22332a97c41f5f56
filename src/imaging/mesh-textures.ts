import type { Picture, Rect } from "./picture.ts";
import { clamp } from "./scalar.ts";

/** Where a triangle's pixels lie in its level of the picture: x = xx px + xy py + x0, pixel centres at integers. */
export interface Sampler {
  readonly picture: Picture;
  readonly isEnlarged: boolean;
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
  /** The box around the triangle in the picture. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The part of a picture that samplers read. */
export interface Texture {
  readonly picture: Picture;
  readonly area: Rect;
}

/** Bytes of a sampler in the kernels' memory, see kernels/sample-rows.ts. */
export const SAMPLER_BYTES = 72;
/** Pixels around a place that Catmull-Rom reads, and one for rounding. */
const MARGIN_PX = 3;

/** Finds the parts of all pictures that the samplers read; triangles that are not drawn have no sampler. */
export function texturesOf(samplers: readonly (Sampler | undefined)[]): Texture[] {
  const spans = new Map<Picture, Spans>();
  for (const sampler of samplers) {
    if (sampler === undefined) continue;
    let span = spans.get(sampler.picture);
    if (span === undefined) {
      span = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
      spans.set(sampler.picture, span);
    }
    span.left = Math.min(span.left, sampler.left);
    span.right = Math.max(span.right, sampler.right);
    span.top = Math.min(span.top, sampler.top);
    span.bottom = Math.max(span.bottom, sampler.bottom);
  }
  return [...spans].map(([picture, { left, top, right, bottom }]) => {
    const [x, width] = spanOf(left, right, picture.width);
    const [y, height] = spanOf(top, bottom, picture.height);
    return { picture, area: { x, y, width, height } };
  });
}

/** The corners of all that is read. */
interface Spans {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function spanOf(first: number, last: number, size: number): [number, number] {
  const from = clamp(Math.floor(first) - MARGIN_PX, 0, size - 1);
  const to = clamp(Math.ceil(last) + MARGIN_PX, from, size - 1);
  return [from, to - from + 1];
}

/** Bytes that a texture takes in the kernels' memory: one row more than it has, which bilinear reading may touch. */
export function textureBytes({ area }: Texture): number {
  return 3 * area.width * (area.height + 1);
}

/** Copies the texture's rows to an address. */
export function lendTexture({ picture, area }: Texture, buffer: ArrayBuffer, at: number): void {
  const rowBytes = 3 * area.width;
  const bytes = new Uint8Array(buffer, at, rowBytes * area.height);
  for (let y = 0; y < area.height; y++) {
    const from = 3 * ((area.y + y) * picture.width + area.x);
    bytes.set(picture.data.subarray(from, from + rowBytes), y * rowBytes);
  }
}

/** Writes the samplers as the kernel reads them; `textures` say where the pictures were copied to. */
export function writeSamplers(
  table: DataView,
  samplers: readonly (Sampler | undefined)[],
  textures: readonly (Texture & { readonly at: number })[],
): void {
  const byPicture = new Map(textures.map((texture) => [texture.picture, texture]));
  for (let t = 0; t < samplers.length; t++) {
    const sampler = samplers[t];
    if (sampler === undefined) continue;
    const { picture } = sampler;
    const { area, at } = byPicture.get(picture)!;
    const stride = 3 * area.width;
    const place = t * SAMPLER_BYTES;
    table.setFloat64(place, sampler.xx, true);
    table.setFloat64(place + 8, sampler.xy, true);
    table.setFloat64(place + 16, sampler.x0, true);
    table.setFloat64(place + 24, sampler.yx, true);
    table.setFloat64(place + 32, sampler.yy, true);
    table.setFloat64(place + 40, sampler.y0, true);
    table.setInt32(place + 48, at - area.y * stride - 3 * area.x, true);
    table.setInt32(place + 52, stride, true);
    table.setInt32(place + 56, picture.width, true);
    table.setInt32(place + 60, picture.height, true);
    table.setInt32(place + 64, sampler.isEnlarged ? 1 : 0, true);
  }
}
