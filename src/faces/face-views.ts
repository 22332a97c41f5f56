import { type FaceDetector, SHORT_RANGE_SIDE_PX } from "../inference/face-detector.ts";
import { cropFace } from "./face-crop.ts";
import { type FaceRegion, regionFrom } from "./face-region.ts";
import type { PicturePyramid } from "./picture-pyramid.ts";

/** Surroundings that the short-range detector wants to see: a face fills about half of its input. */
export const KEY_POINT_SURROUNDINGS = 1.9;

/** Below this the detector's key points are no better than the proposal's. */
const MIN_KEY_POINT_SCORE_01 = 0.5;

/** Replaces a proposal by what the short-range detector sees there, where it sees anything. */
export async function sharpenRegion(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<FaceRegion> {
  const found = await detectNear(detector, pyramid, {
    region: proposal,
    surroundings: KEY_POINT_SURROUNDINGS,
  });
  if (found === undefined || found.score01 < MIN_KEY_POINT_SCORE_01) return proposal;
  return { ...found, score01: Math.max(found.score01, proposal.score01) };
}

/** A view this good is believed alone: on 93 photos no second view was more than 0.03 below it. */
const SURE_VIEW_01 = 0.9;

/**
 * The detector's mean score for a region taken as an upright face, seen with each of the surroundings, or the
 * first one's where that leaves no doubt.
 */
export async function measureLikeness(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  region: FaceRegion,
  surroundings: readonly number[],
): Promise<number> {
  let sum = 0;
  for (const [i, factor] of surroundings.entries()) {
    const found = await detectNear(detector, pyramid, { region, surroundings: factor });
    const score01 = found?.score01 ?? 0;
    if (i === 0 && score01 >= SURE_VIEW_01) return score01;
    sum += score01;
  }
  return sum / surroundings.length;
}

/** Runs the short-range detector on a region and returns its nearest find, if that is near at all. */
async function detectNear(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  view: { readonly region: FaceRegion; readonly surroundings: number },
): Promise<FaceRegion | undefined> {
  const { region, surroundings } = view;
  const sizePx = SHORT_RANGE_SIDE_PX;
  const crop = cropFace(pyramid, region, { surroundings, sizePx, range: [-1, 1] });
  const input = { planes: crop.planes, width: sizePx, height: sizePx };
  const found = await detector.detect(input, MIN_VIEW_SCORE_01);
  const offset = (d: { readonly x: number; readonly y: number }): number =>
    Math.hypot(d.x - sizePx / 2, d.y - sizePx / 2);
  const nearest = found.toSorted((p, q) => offset(p) - offset(q))[0];
  const reach = sizePx / surroundings / 2;
  if (nearest === undefined || offset(nearest) > reach) return undefined;
  return regionFrom(nearest, crop.cropToPicture);
}

/** Low, so that a weak view lowers a mean instead of dropping out of it. */
const MIN_VIEW_SCORE_01 = 0.3;
