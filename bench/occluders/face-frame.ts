import type { Picture } from "../../src/imaging/picture.ts";
import { rgbFromLab } from "../metrics/lab.ts";
import { faceLength } from "../metrics/mesh-measures.ts";
import { faceSkin } from "../metrics/skin.ts";

/** What a drawn thing needs to know of the face it is drawn over. */
export interface FaceFrame {
  /** Face length S, px. */
  readonly scale: number;
  /** Place in px of a point `u` face lengths right of the middle between the eyes and `v` below. */
  at(u: number, v: number): readonly [number, number];
  /** Place of a mesh point, px. */
  point(index: number): readonly [number, number];
  /** The face's mean skin colour, L a b and 0..255. */
  readonly skinLab: readonly [number, number, number];
  readonly skin: readonly [number, number, number];
  /** Brightness of the scene: 1 for fair skin in good light. */
  readonly exposure: number;
  /** Picks the variant of a thing: another number for each template. */
  readonly seed: number;
  /** 1, or -1 where things come from the other side. */
  readonly hand: 1 | -1;
}

/** Measures a face for drawing over it. */
export function faceFrame(picture: Picture, mesh: ArrayLike<number>, seed: number): FaceFrame {
  const scale = faceLength(mesh);
  const point = (i: number): readonly [number, number] => [mesh[3 * i]!, mesh[3 * i + 1]!];
  const [left, right, top, chin] = [point(33), point(263), point(10), point(152)];
  const middle = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2] as const;
  // Turned heads are narrower: the step to the side is a share of the face's width, not of its length.
  const width = Math.hypot(point(454)[0] - point(234)[0], point(454)[1] - point(234)[1]);
  const eyes = Math.max(Math.hypot(right[0] - left[0], right[1] - left[1]), 1e-6);
  const side = [0, 1].map((k) => (((right[k]! - left[k]!) / eyes) * width) / 0.8);
  const down = [chin[0] - top[0], chin[1] - top[1]];
  const skinLab = faceSkin(picture, mesh)?.mean ?? [60, 12, 14];
  return {
    scale,
    at: (u, v) => [
      middle[0] + u * side[0]! + v * down[0]!,
      middle[1] + u * side[1]! + v * down[1]!,
    ],
    point,
    skinLab,
    skin: rgbFromLab(skinLab),
    exposure: Math.min(1.1, Math.max(0.35, 0.3 + skinLab[0] / 100)),
    seed,
    hand: seed % 2 === 0 ? 1 : -1,
  };
}
