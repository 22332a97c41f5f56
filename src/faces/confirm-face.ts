import type { FaceDetector } from "../inference/face-detector.ts";
import { type FaceMesh, MESH_SIDE_PX, type MeshPass } from "../inference/face-mesh.ts";
import { type Face, MIN_FACE_PX, type RejectedFace } from "./face.ts";
import { cropFace } from "./face-crop.ts";
import { boxOfRegion, type FaceRegion } from "./face-region.ts";
import { KEY_POINT_SURROUNDINGS, measureLikeness, sharpenRegion } from "./face-views.ts";
import { boxOfMesh, eyeBalance01, meanShift, regionOfMesh } from "./mesh-region.ts";
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

/**
 * How much longer than wide the mesh of a frontal face is. The longer side is what is measured, because
 * turning the head narrows a face but hardly shortens it.
 */
const LENGTH_OF_WIDTH = 1.2;

/** Where landmarks cannot be trusted in a face shorter than this, its size is why. */
const HOPELESS_SIDE_PX = 0.6 * MIN_FACE_PX;

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

/** Views in which the detector judges a face, in sides of its mesh, which reaches further than the detector's box. */
const LIKENESS_SURROUNDINGS = [1.5, 1.8];

/** Surroundings that the mesh was trained with, by the graph of the package. */
const MESH_SURROUNDINGS = 1.5;

/** Upside-down faces are liked up to 0.75; above this no other direction needs a look. */
const SURE_LIKENESS_01 = 0.85;

/** Landmarks have settled when a further pass moves them by less than this part of the face's side. */
const SETTLED_SHIFT = 0.02;

/** Two passes are the rule; a crop that was laid out badly takes up to three more. */
const PASSES = { least: 2, most: 5 };

/**
 * Looks closely at a proposal: key points first, then passes of landmarks, each in a crop that the one
 * before laid out. The smallest face flag of all passes decides, since later passes can confirm themselves.
 * Then the detector must like the face that the landmarks describe, and better than the same upside down.
 */
export async function confirmFace(
  networks: ConfirmingNetworks,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<Verdict> {
  const region = await sharpenRegion(networks.shortRange, pyramid, proposal);
  const upright = await followFace(networks, pyramid, region);
  const isSure = isFace(upright) && upright.likeness01 >= SURE_LIKENESS_01;
  const turned = isSure ? undefined : await followTurned(networks, pyramid, upright);
  const best = turned !== undefined && turned.likeness01 > upright.likeness01 ? turned : upright;
  if (isFace(best)) return judge(best);
  if (region.score01 < MIN_REPORTED_SCORE_01) return {};
  const why = region.sidePx < HOPELESS_SIDE_PX ? "too-small" : "landmarks-untrusted";
  return { rejected: { box: boxOfRegion(region), score01: region.score01, why } };
}

/** Landmarks and what speaks for them. */
interface Sight {
  readonly mesh: Float32Array;
  readonly flag01: number;
  readonly likeness01: number;
  /** The region that the landmarks span, or where they started from when they are no use. */
  readonly region: FaceRegion;
}

async function followFace(
  { mesh, shortRange }: ConfirmingNetworks,
  pyramid: PicturePyramid,
  start: FaceRegion,
): Promise<Sight> {
  let pass = await locateMesh(mesh, pyramid, start);
  let flag01 = pass.flag01;
  let shift = Number.POSITIVE_INFINITY;
  let region = regionOfMesh(pass.mesh, start.score01);
  for (let n = 1; n < PASSES.least || (shift > SETTLED_SHIFT && n < PASSES.most); n++) {
    if (flag01 < MIN_FLAG_01) return { mesh: pass.mesh, flag01, likeness01: 0, region: start };
    const next = await locateMesh(mesh, pyramid, region);
    shift = meanShift(pass.mesh, next.mesh) / region.sidePx;
    flag01 = Math.min(flag01, next.flag01);
    region = regionOfMesh(next.mesh, start.score01);
    pass = next;
  }
  const likeness01 = await measureLikeness(shortRange, pyramid, region, LIKENESS_SURROUNDINGS);
  return { mesh: pass.mesh, flag01, likeness01, region };
}

/** Follows the same face upside down, if the detector likes it better so. */
async function followTurned(
  networks: ConfirmingNetworks,
  pyramid: PicturePyramid,
  upright: Sight,
): Promise<Sight | undefined> {
  const { region, likeness01 } = upright;
  const turned = { ...region, rollRad: region.rollRad + Math.PI };
  const views = likeness01 > 0 ? LIKENESS_SURROUNDINGS : [KEY_POINT_SURROUNDINGS];
  const turnedLikeness01 = await measureLikeness(networks.shortRange, pyramid, turned, views);
  if (turnedLikeness01 < Math.max(MIN_LIKENESS_01, likeness01)) return undefined;
  return followFace(networks, pyramid, turned);
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
  const face = { box, score01: likeness01, rollRad: region.rollRad, flag01, mesh };
  if (region.sidePx >= MIN_FACE_PX * LENGTH_OF_WIDTH) return { face };
  return { rejected: { box, score01: likeness01, why: "too-small", face } };
}

async function locateMesh(
  mesh: FaceMesh,
  pyramid: PicturePyramid,
  region: FaceRegion,
): Promise<MeshPass> {
  const { planes, cropToPicture } = cropFace(pyramid, region, {
    surroundings: MESH_SURROUNDINGS,
    sizePx: MESH_SIDE_PX,
    range: [0, 1],
  });
  return mesh.locate(planes, cropToPicture);
}
