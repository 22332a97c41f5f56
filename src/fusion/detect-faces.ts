import type { FaceFinder } from "../faces/find-faces.ts";
import { decodePicture } from "../imaging/codec.ts";
import type { Rect } from "../imaging/picture.ts";

/** The faces of a picture, in plain values that travel between processes. */
export interface DetectedFaces {
  /** Size of the upright picture, px. */
  readonly width: number;
  readonly height: number;
  /** Faces that can be fused, largest first. */
  readonly faces: readonly DetectedFace[];
  /** Places that look like a face but cannot be fused. */
  readonly rejected: readonly { readonly box: Rect; readonly why: string }[];
}

/** A face that can be fused. */
export interface DetectedFace {
  /** Whole px of the upright picture. */
  readonly box: Rect;
  /** In-plane turn of the head, degrees, clockwise positive. */
  readonly rollDeg: number;
  /** The detector's score, 0..1. */
  readonly score01: number;
}

/**
 * Lists all faces of an encoded picture. Throws what decoding throws (`picture-undecodable`, `picture-too-small`,
 * `picture-too-large`).
 */
export async function detectFaces(bytes: Uint8Array, finder: FaceFinder): Promise<DetectedFaces> {
  const picture = await decodePicture(bytes);
  const { faces, rejected } = await finder.find(picture, { wanted: "all" });
  return {
    width: picture.width,
    height: picture.height,
    faces: faces.map(({ box, rollRad, score01 }) => ({
      box: roundBox(box),
      rollDeg: (rollRad * 180) / Math.PI,
      score01,
    })),
    rejected: rejected.map(({ box, why }) => ({ box: roundBox(box), why })),
  };
}

function roundBox({ x, y, width, height }: Rect): Rect {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
}
