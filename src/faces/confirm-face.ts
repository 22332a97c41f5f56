import { composeAffine, squareCropToPicture } from "../imaging/affine.ts";
import type { Rect } from "../imaging/picture.ts";
import { sampleCrop } from "../imaging/sample-crop.ts";
import { type FaceDetector, SHORT_RANGE_SIDE_PX } from "../inference/face-detector.ts";
import { type FaceMesh, MESH_SIDE_PX, type MeshPass } from "../inference/face-mesh.ts";
import type { Face, RejectedFace } from "./face.ts";
import { type FaceRegion, regionFrom } from "./face-region.ts";
import type { PictureLevel, PicturePyramid } from "./picture-pyramid.ts";

/** The networks that tell a face from what only looks like one. */
export interface ConfirmingNetworks {
  readonly shortRange: FaceDetector;
  readonly mesh: FaceMesh;
}

/** What became of a proposal. */
export interface Verdict {
  readonly face?: Face;
  readonly rejected?: RejectedFace;
}

/** The API's documented smallest face; the longer side of the box of the mesh counts. */
export const MIN_FACE_PX = 34;

/** Landmarks below this are guesses: full profiles and things that are no faces. */
const MIN_FLAG_01 = 0.5;

/** Surroundings that the short-range detector wants to see: a face fills about half of its input. */
const KEY_POINT_CROP = 1.9;

/** Surroundings that the mesh was trained with, by the graph of the package. */
const MESH_CROP = 1.5;

/**
 * Looks closely at a proposal: key points first, then two passes of landmarks, the second in a crop that the
 * first laid out. The smaller of both face flags decides, since the second pass alone can confirm itself.
 */
export async function confirmFace(
  networks: ConfirmingNetworks,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<Verdict> {
  const region = await sharpenRegion(networks.shortRange, pyramid, proposal);
  const first = await locateMesh(networks.mesh, pyramid, region);
  const aim = regionFromMesh(first.mesh, region.score01);
  const second = await locateMesh(networks.mesh, pyramid, aim);
  const flag01 = Math.min(first.flag01, second.flag01);
  const { score01 } = region;
  if (flag01 < MIN_FLAG_01) {
    return { rejected: { box: boxOfRegion(region), score01, why: "landmarks-untrusted" } };
  }
  const box = boxOfMesh(second.mesh);
  if (Math.max(box.width, box.height) < MIN_FACE_PX) {
    return { rejected: { box, score01, why: "too-small" } };
  }
  const { rollRad } = regionFromMesh(second.mesh, score01);
  return { face: { box, score01, rollRad, flag01, mesh: second.mesh } };
}

/** Replaces a proposal by what the short-range detector sees there, where it sees anything. */
async function sharpenRegion(
  detector: FaceDetector,
  pyramid: PicturePyramid,
  proposal: FaceRegion,
): Promise<FaceRegion> {
  const crop = { sidePx: proposal.sidePx * KEY_POINT_CROP, size: SHORT_RANGE_SIDE_PX };
  const { planes, cropToPicture } = await cropSquare(pyramid, proposal, {
    ...crop,
    range: [-1, 1],
  });
  const input = { planes, width: crop.size, height: crop.size };
  const found = await detector.detect(input, 0.5);
  const regions = found.map((detection) => regionFrom(detection, cropToPicture));
  const distance = (region: FaceRegion): number =>
    Math.hypot(region.centre[0] - proposal.centre[0], region.centre[1] - proposal.centre[1]);
  const nearest = regions.sort((p, q) => distance(p) - distance(q))[0];
  if (nearest === undefined || distance(nearest) > proposal.sidePx / 2) return proposal;
  return { ...nearest, score01: Math.max(nearest.score01, proposal.score01) };
}

async function locateMesh(
  mesh: FaceMesh,
  pyramid: PicturePyramid,
  region: FaceRegion,
): Promise<MeshPass> {
  const { planes, cropToPicture } = await cropSquare(pyramid, region, {
    sidePx: region.sidePx * MESH_CROP,
    size: MESH_SIDE_PX,
    range: [0, 1],
  });
  return mesh.locate(planes, cropToPicture);
}

/** Samples a square with the face upright, from the level that comes next in sharpness. */
async function cropSquare(
  pyramid: PicturePyramid,
  region: FaceRegion,
  crop: {
    readonly sidePx: number;
    readonly size: number;
    readonly range: readonly [number, number];
  },
): Promise<{ planes: Float32Array; cropToPicture: ReturnType<typeof squareCropToPicture> }> {
  const halvings = Math.max(0, Math.floor(Math.log2(crop.sidePx / crop.size)));
  const level = await pyramid.level(halvings);
  const cropToPicture = squareCropToPicture(region.centre, crop.sidePx, region.rollRad, crop.size);
  const planes = sampleCrop(level.picture, {
    width: crop.size,
    height: crop.size,
    cropToPicture: composeAffine(pictureToLevel(level), cropToPicture),
    range: crop.range,
  });
  return { planes, cropToPicture };
}

function pictureToLevel(level: PictureLevel): ReturnType<typeof squareCropToPicture> {
  return { a: level.scaleX, b: 0, c: 0, d: level.scaleY, tx: 0, ty: 0 };
}

/** Outer eye corners, the line that the graph of the package takes roll from. */
const EYE_CORNERS = [33, 263] as const;

/** The region of a mesh: box of its 468 face points along the line of the eyes. */
function regionFromMesh(mesh: Float32Array, score01: number): FaceRegion {
  const [right, left] = EYE_CORNERS;
  const rollRad = Math.atan2(
    mesh[left * 3 + 1]! - mesh[right * 3 + 1]!,
    mesh[left * 3]! - mesh[right * 3]!,
  );
  const cos = Math.cos(rollRad);
  const sin = Math.sin(rollRad);
  const box = boxOfMesh(mesh, (x, y) => [cos * x + sin * y, cos * y - sin * x]);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return {
    centre: [cos * x - sin * y, sin * x + cos * y],
    sidePx: Math.max(box.width, box.height),
    rollRad,
    score01,
  };
}

/** Points of the face itself, without the irises. */
const FACE_POINTS = 468;

/** Bounds of the face points, each moved first if wanted. */
function boxOfMesh(
  mesh: Float32Array,
  move: (x: number, y: number) => readonly [number, number] = (x, y) => [x, y],
): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < FACE_POINTS * 3; i += 3) {
    const [x, y] = move(mesh[i]!, mesh[i + 1]!);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function boxOfRegion({ centre, sidePx }: FaceRegion): Rect {
  return { x: centre[0] - sidePx / 2, y: centre[1] - sidePx / 2, width: sidePx, height: sidePx };
}
