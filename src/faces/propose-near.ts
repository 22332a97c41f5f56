import type { Rect } from "../imaging/picture.ts";
import { type FaceDetector, FULL_RANGE_SIDE_PX } from "../inference/face-detector.ts";
import { cropFace } from "./face-crop.ts";
import { type FaceRegion, regionFrom } from "./face-region.ts";
import type { PicturePyramid } from "./picture-pyramid.ts";

/** How large a given rectangle is shown to the detector, px of its input; the second look takes in more around. */
const RECTANGLE_SIZES_PX = [80, 48];

/**
 * Searches the surroundings of a rectangle that is said to hold a face, first upright, then turned by
 * quarters, and returns the first look that shows anything; regions are in picture px, best score first.
 */
export async function proposeNear(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  rect: Rect,
  minScore01: number,
): Promise<FaceRegion[]> {
  const sidePx = Math.max(rect.width, rect.height);
  const centre = [rect.x + rect.width / 2, rect.y + rect.height / 2] as const;
  for (const size of RECTANGLE_SIZES_PX) {
    for (const quarterTurns of [0, 2, 1, 3]) {
      const region = { centre, sidePx, rollRad: (quarterTurns * Math.PI) / 2, score01: 0 };
      const { planes, cropToPicture } = cropFace(pyramid, region, {
        surroundings: FULL_RANGE_SIDE_PX / size,
        sizePx: FULL_RANGE_SIDE_PX,
        range: [-1, 1],
      });
      const input = { planes, width: FULL_RANGE_SIDE_PX, height: FULL_RANGE_SIDE_PX };
      const found = await detector.detect(input, minScore01);
      if (found.length > 0) return found.map((detection) => regionFrom(detection, cropToPicture));
    }
  }
  return [];
}
