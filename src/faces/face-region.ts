import type { Affine } from "../imaging/affine.ts";
import type { Rect } from "../imaging/picture.ts";
import type { Detection } from "../inference/face-detector.ts";

/** A place where a face may be, in picture px. */
export interface FaceRegion {
  readonly centre: readonly [number, number];
  /** Longer side of the box from brows to chin. */
  readonly sidePx: number;
  readonly rollRad: number;
  readonly score01: number;
}

/** Carries a detection over to the picture; roll is that of the line through the eyes. */
export function regionFrom(detection: Detection, inputToPicture: Affine): FaceRegion {
  const m = inputToPicture;
  const toPicture = (x: number, y: number): [number, number] => [
    m.a * x + m.b * y + m.tx,
    m.c * x + m.d * y + m.ty,
  ];
  const [rightX, rightY] = toPicture(detection.keyPoints[0]!, detection.keyPoints[1]!);
  const [leftX, leftY] = toPicture(detection.keyPoints[2]!, detection.keyPoints[3]!);
  const scale = Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
  return {
    centre: toPicture(detection.x, detection.y),
    sidePx: Math.max(detection.width, detection.height) * scale,
    rollRad: Math.atan2(leftY - rightY, leftX - rightX),
    score01: detection.score01,
  };
}

/** The upright square around a region's centre. */
export function boxOfRegion({ centre, sidePx }: FaceRegion): Rect {
  return { x: centre[0] - sidePx / 2, y: centre[1] - sidePx / 2, width: sidePx, height: sidePx };
}
