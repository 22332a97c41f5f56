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
  /** The triangle's corners in the picture. */
  readonly corners: { readonly x: readonly number[]; readonly y: readonly number[] };
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
  const corners = new Map<Picture, { x: number[]; y: number[] }>();
  for (const sampler of samplers) {
    if (sampler === undefined) continue;
    const all = corners.get(sampler.picture) ?? { x: [], y: [] };
    all.x.push(...sampler.corners.x);
    all.y.push(...sampler.corners.y);
    corners.set(sampler.picture, all);
  }
  return [...corners].map(([picture, { x, y }]) => {
    const [left, width] = spanOf(x, picture.width);
    const [top, height] = spanOf(y, picture.height);
    return { picture, area: { x: left, y: top, width, height } };
  });
}

function spanOf(places: readonly number[], size: number): [number, number] {
  const from = clamp(Math.floor(Math.min(...places)) - MARGIN_PX, 0, size - 1);
  const to = clamp(Math.ceil(Math.max(...places)) + MARGIN_PX, from, size - 1);
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
  samplers.forEach((sampler, t) => {
    if (sampler === undefined) return;
    const { area, at } = byPicture.get(sampler.picture)!;
    const { xx, xy, x0, yx, yy, y0, picture } = sampler;
    const stride = 3 * area.width;
    const place = t * SAMPLER_BYTES;
    for (const [i, value] of [xx, xy, x0, yx, yy, y0].entries()) {
      table.setFloat64(place + 8 * i, value, true);
    }
    const firstPixel = at - area.y * stride - 3 * area.x;
    const whole = [firstPixel, stride, picture.width, picture.height, sampler.isEnlarged ? 1 : 0];
    for (const [i, value] of whole.entries()) table.setInt32(place + 48 + 4 * i, value, true);
  });
}
