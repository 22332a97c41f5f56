import { type FaceDetector, SHORT_RANGE_SIDE_PX } from "../inference/face-detector.ts";
import { type FaceMesh, MESH_SIDE_PX, type MeshPass } from "../inference/face-mesh.ts";
import type { Face, RejectedFace } from "./face.ts";
import { cropFace } from "./face-crop.ts";
import { boxOfRegion, type FaceRegion, regionFrom } from "./face-region.ts";
import { boxOfMesh, eyeBalance01, regionOfMesh } from "./mesh-region.ts";
import type { PicturePyramid } from "./picture-pyramid.ts";

/** The networks that tell a face from what only looks like one. */
export interface ConfirmingNetworks {
  readonly shortRange: FaceDetector;
  readonly mesh: FaceMesh;
}

/** What became of a proposal; neither part is set for what is no face. */
export interface Verdict {
  readonly face?: Face;
  readonly rejected?: RejectedFace;
}

/** The API's documented smallest face, counted in widths of a face seen from the front. */
const MIN_FACE_PX = 34;

/**
 * How much longer than wide the mesh of a frontal face is. The longer side is what is measured, because
 * turning the head narrows a face but hardly shortens it.
 */
const LENGTH_OF_WIDTH = 1.2;

/** Landmarks below this are guesses: full profiles and things that are no faces. */
const MIN_FLAG_01 = 0.5;

/**
 * A profile hides one eye and the network draws it into the air, now and then without lowering its flag.
 * Usable faces had 0.43 or more, the profile 0.19.
 */
const MIN_EYE_BALANCE_01 = 0.3;

/**
 * The detector's score for the upright face that the landmarks claim. On 93 photos with 145 faces, true
 * faces had 0.70 or more, patterns in clothes and plants 0.64 or less.
 */
const MIN_LIKENESS_01 = 0.67;

/** A detector this sure of a place without usable landmarks saw a face that is turned away or covered. */
const MIN_REPORTED_SCORE_01 = 0.7;

/** Surroundings that the short-range detector wants to see: a face fills about half of its input. */
const KEY_POINT_SURROUNDINGS = 1.9;

/** The same, in sides of the mesh, which reaches further than the detector's box; both views count. */
const LIKENESS_SURROUNDINGS = [1.5, 1.8];

/** Surroundings that the mesh was trained with, by the graph of the package. */
const MESH_SURROUNDINGS = 1.5;

/**
 * Looks closely at a proposal: key points first, then two passes of landmarks, the second in a crop that the
 * first laid out. The smaller of both face flags decides, since the second pass alone can confirm itself.
 * Then the detector must like the face that the landmarks describe; an upside-down start is tried again.
 */
export async function confirmFace(
  networks: ConfirmingNetworks,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<Verdict> {
  const region = await sharpenRegion(networks.shortRange, pyramid, proposal);
  const sight = await followFace(networks, pyramid, region);
  if (isFace(sight)) return judge(sight);
  const turned = { ...region, rollRad: region.rollRad + Math.PI };
  const likeness01 = await measureLikeness(networks.shortRange, pyramid, turned, [
    KEY_POINT_SURROUNDINGS,
  ]);
  if (likeness01 > Math.max(MIN_LIKENESS_01, sight.likeness01)) {
    const other = await followFace(networks, pyramid, turned);
    if (isFace(other)) return judge(other);
  }
  if (region.score01 < MIN_REPORTED_SCORE_01) return {};
  const { score01 } = region;
  return { rejected: { box: boxOfRegion(region), score01, why: "landmarks-untrusted" } };
}

/** Landmarks of both passes and what speaks for them. */
interface Sight {
  readonly mesh: Float32Array;
  readonly flag01: number;
  readonly likeness01: number;
  readonly region: FaceRegion;
}

async function followFace(
  { mesh, shortRange }: ConfirmingNetworks,
  pyramid: PicturePyramid,
  start: FaceRegion,
): Promise<Sight> {
  const first = await locateMesh(mesh, pyramid, start);
  const second = await locateMesh(mesh, pyramid, regionOfMesh(first.mesh, start.score01));
  const flag01 = Math.min(first.flag01, second.flag01);
  const region = regionOfMesh(second.mesh, start.score01);
  const likeness01 =
    flag01 < MIN_FLAG_01
      ? 0
      : await measureLikeness(shortRange, pyramid, region, LIKENESS_SURROUNDINGS);
  return { mesh: second.mesh, flag01, likeness01, region };
}

function isFace(sight: Sight): boolean {
  return (
    sight.flag01 >= MIN_FLAG_01 &&
    sight.likeness01 >= MIN_LIKENESS_01 &&
    eyeBalance01(sight.mesh) >= MIN_EYE_BALANCE_01
  );
}

function judge({ mesh, flag01, likeness01, region }: Sight): Verdict {
  const box = boxOfMesh(mesh);
  if (region.sidePx < MIN_FACE_PX * LENGTH_OF_WIDTH) {
    return { rejected: { box, score01: likeness01, why: "too-small" } };
  }
  return { face: { box, score01: likeness01, rollRad: region.rollRad, flag01, mesh } };
}

/** Replaces a proposal by what the short-range detector sees there, where it sees anything. */
async function sharpenRegion(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<FaceRegion> {
  const found = await detectNear(detector, pyramid, {
    region: proposal,
    surroundings: KEY_POINT_SURROUNDINGS,
  });
  if (found === undefined || found.score01 < MIN_FLAG_01) return proposal;
  return { ...found, score01: Math.max(found.score01, proposal.score01) };
}

/** The detector's mean score for a region taken as an upright face, seen with each of the surroundings. */
async function measureLikeness(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  region: FaceRegion,
  surroundings: readonly number[],
): Promise<number> {
  let sum = 0;
  for (const factor of surroundings) {
    const found = await detectNear(detector, pyramid, { region, surroundings: factor });
    sum += found?.score01 ?? 0;
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
  const crop = await cropFace(pyramid, region, { surroundings, sizePx, range: [-1, 1] });
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

async function locateMesh(
  mesh: FaceMesh,
  pyramid: PicturePyramid,
  region: FaceRegion,
): Promise<MeshPass> {
  const { planes, cropToPicture } = await cropFace(pyramid, region, {
    surroundings: MESH_SURROUNDINGS,
    sizePx: MESH_SIDE_PX,
    range: [0, 1],
  });
  return mesh.locate(planes, cropToPicture);
}
