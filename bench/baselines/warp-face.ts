import { rasterizeMesh } from "../../src/imaging/mesh-raster.ts";
import { createMipmap, readBilinear } from "../../src/imaging/mesh-sampler.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { type FaceWindow, meshBox, windowAround } from "../metrics/face-window.ts";
import type { FacePair } from "./baseline.ts";

/** A user's face drawn in the geometry of the template's face. */
export interface WarpedFace {
  readonly window: FaceWindow;
  /** RGB 0..255 of each window pixel; 0 where not covered. */
  readonly rgb: Float32Array;
  /** 1 where the face's mesh covers the window. */
  readonly covered: Uint8Array;
}

/** Warps the user's face piecewise affinely, triangle by triangle, onto the template's mesh. */
export function warpFace(
  template: Picture,
  pair: FacePair,
  triangles: ArrayLike<number>,
): WarpedFace {
  const window = windowAround(pair.templateMesh, 0.05, template);
  const drawn = pair.templateMesh.map((v, i) =>
    i % 3 === 0 ? v - window.x : i % 3 === 1 ? v - window.y : v,
  );
  // Both windings are drawn: the z-buffer hides what is behind.
  const raster = rasterizeMesh(
    { points: drawn, triangles, frontSign: 0 },
    window.width,
    window.height,
  );
  const from = meshBox(pair.userMesh);
  const reduction = from.width / Math.max(1, meshBox(pair.templateMesh).width);
  const level = createMipmap(pair.user, from).level(Math.max(0, Math.round(Math.log2(reduction))));
  const rgb = new Float32Array(window.width * window.height * 3);
  const covered = new Uint8Array(window.width * window.height);
  const pixel = new Float64Array(3);
  for (let at = 0; at < covered.length; at++) {
    const t = raster.triangle[at]!;
    if (t < 0) continue;
    const [w0, w1] = [raster.weight0[at]!, raster.weight1[at]!];
    const weights = [w0, w1, 1 - w0 - w1];
    let [x, y] = [0, 0];
    for (let c = 0; c < 3; c++) {
      x += weights[c]! * pair.userMesh[3 * triangles[3 * t + c]!]!;
      y += weights[c]! * pair.userMesh[3 * triangles[3 * t + c]! + 1]!;
    }
    readBilinear(
      level.picture,
      (x - level.x) / level.scale - 0.5,
      (y - level.y) / level.scale - 0.5,
      pixel,
    );
    covered[at] = 1;
    rgb.set(pixel, 3 * at);
  }
  return { window, rgb, covered };
}

/** Copies a picture, to be written into; `slice` would not do, since a decoded picture may hold a Buffer. */
export function copyPicture(picture: Picture): Picture & { readonly data: Uint8Array } {
  return { width: picture.width, height: picture.height, data: new Uint8Array(picture.data) };
}
