import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import {
  applySimilarity,
  fitSimilarity,
  type Similarity,
} from "../../imaging/similarity-transform.ts";
import { EYES, OVAL, POINT, RIGID } from "../face-regions.ts";
import { FACE_POINTS, type FaceTopology, frontSignOf, screenArea } from "../face-topology.ts";
import type { FusionTuning } from "../presets.ts";
import { laughterShare } from "./laughter.ts";
import { eyeOpenness, faceDown, faceScale, type Mesh, mouthGap } from "./measure-face.ts";
import { type Placement, placeEyes } from "./place-eyes.ts";
import { expressionDifference, lipPoints, placeMouth } from "./place-mouth.ts";
import { settleOutline } from "./settle-outline.ts";

/**
 * Builds the mesh of the fused face in the template's picture: the user's outline and feature places in the
 * template's pose, with the template's openness, expression and gaze. Both meshes have 478 points (x y z, px).
 */
export function buildTargetMesh(
  template: Mesh,
  user: Mesh,
  tuning: FusionTuning,
  topology: FaceTopology,
): Mesh {
  const alignment = fitSimilarity(user, template, RIGID);
  const aligned = applySimilarity(user, alignment);
  openJawLike(aligned, template, user);
  const trust =
    outlineTrust(alignment, faceScale(template)) *
    (1 - LAUGHTER_IN_OUTLINE * laughterShare(user, template));
  for (const emphasis of OUTLINE_EMPHASIS) {
    const outline = outlineWeight(tuning.outline, emphasis) * trust;
    const offsets = offsetsFor(
      { template, user, aligned, tuning: { ...tuning, outline } },
      topology,
    );
    const isLast = emphasis === OUTLINE_EMPHASIS.at(-1);
    if (isLast) return withoutFolds(template, offsets, topology);
    const mesh = addOffsets(template, offsets, 1);
    const sign = frontSignOf(template, topology.triangles);
    if (countFolds(template, mesh, topology, sign) <= FEW_FOLDS) return mesh;
  }
  throw new Error("No outline was tried.");
}

function offsetsFor(placement: Placement, topology: FaceTopology): Float32Array {
  const offsets = generalOffsets(placement, topology);
  placeEyes(offsets, placement);
  placeMouth(offsets, placement);
  relaxOffsets(offsets, topology);
  addPlainShape(offsets, placement, topology);
  settleOutline(offsets, placement.template, topology);
  return offsets;
}

/** How much of a laughing user's outline is the laugh's, which widens cheeks and shortens the chin. */
const LAUGHTER_IN_OUTLINE = 0.5;

/** Weights beyond {@link PLAIN_OUTLINE} are tried at these strengths until hardly a triangle folds over. */
const OUTLINE_EMPHASIS = [1, 0.5, 0] as const;
const FEW_FOLDS = 3;

/** Weight of the outline at a share of 1: smoothing the offsets and aligning on the outline's points take part of it. */
const FULL_OUTLINE = 1.85;
/** Share up to which the weight is the share itself: what looks natural on any two heads. */
const PLAIN_OUTLINE = 0.7;

/** Weight of the user's outline for a share of it (0..1); it grows faster where the caller wants more than usual. */
function outlineWeight(share: number, emphasis: number): number {
  const beyond = Math.max(0, (share - PLAIN_OUTLINE) / (1 - PLAIN_OUTLINE));
  return share + emphasis * (FULL_OUTLINE - 1) * beyond ** 1.5;
}

/**
 * How far the user's outline can be trusted in the template's view, 0.2..1. Landmarks tell little of the sides that a
 * photo from another direction does not show (the angle between both heads' viewing axes), and on small faces their
 * own error of a pixel or two is as large as the difference between two people's outlines.
 */
function outlineTrust({ rotation }: Similarity, facePx: number): number {
  const angleRad = Math.acos(clamp(rotation[8]!, -1, 1));
  return (1 - 0.6 * smoothstep(0.15, 0.75, angleRad)) * mix(0.5, 1, smoothstep(40, 160, facePx));
}

/** Opens or closes the user's jaw to the template's mouth opening, growing from the mouth to the chin. */
function openJawLike(aligned: Mesh, template: Mesh, user: Mesh): void {
  const scale = faceScale(template);
  const down = faceDown(template);
  const height = (i: number): number =>
    template[3 * i]! * down[0] + template[3 * i + 1]! * down[1] + template[3 * i + 2]! * down[2];
  const mouth = (height(POINT.upperLipInner) + height(POINT.lowerLipInner)) / 2;
  const chin = height(POINT.chin);
  const drop = 0.75 * (mouthGap(template) - mouthGap(user)) * scale;
  for (let i = 0; i < FACE_POINTS; i++) {
    const share = smoothstep(0, 1, (height(i) - mouth) / Math.max(chin - mouth, 1e-6) + 0.1);
    for (let k = 0; k < 3; k++) aligned[3 * i + k]! += down[k]! * drop * share;
  }
}

/** Offsets of all points towards the aligned user: outline weight on the oval, placement weight four hops inside. */
function generalOffsets(p: Placement, topology: FaceTopology): Float32Array {
  const offsets = new Float32Array(p.template.length);
  for (let i = 0; i < p.template.length / 3; i++) {
    const inside = i < FACE_POINTS ? Math.min(1, topology.hopsFromOval[i]! / 4) : 1;
    const weight = mix(p.tuning.outline, p.tuning.placement, inside);
    for (let k = 0; k < 3; k++) {
      offsets[3 * i + k] = weight * (p.aligned[3 * i + k]! - p.template[3 * i + k]!);
    }
  }
  return offsets;
}

/** Six rounds of Laplacian smoothing of the offsets; eyes and lips are pinned, the outline moves slowly. */
function relaxOffsets(offsets: Float32Array, topology: FaceTopology): void {
  const rate = new Float32Array(FACE_POINTS).fill(0.5);
  for (const i of OVAL) rate[i] = 0.25;
  for (const i of EYES.flatMap((eye) => [...eye.lids, ...eye.ring1])) rate[i] = 0;
  for (const i of lipPoints()) rate[i] = 0;
  for (let round = 0; round < 6; round++) {
    const from = offsets.slice();
    for (let i = 0; i < FACE_POINTS; i++) {
      if (rate[i] !== 0)
        relaxPoint(from, offsets, i, { ring: topology.neighbours[i]!, rate: rate[i]! });
    }
  }
}

function relaxPoint(
  from: Float32Array,
  to: Float32Array,
  i: number,
  { ring, rate }: { ring: readonly number[]; rate: number },
): void {
  for (let k = 0; k < 3; k++) {
    let sum = 0;
    for (const j of ring) sum += from[3 * j + k]!;
    to[3 * i + k] = mix(from[3 * i + k]!, sum / ring.length, rate);
  }
}

/** Mixes in the plain aligned user mesh, expression included, inside the outline; a mouth that does something else stays. */
function addPlainShape(offsets: Float32Array, placement: Placement, topology: FaceTopology): void {
  const { template, aligned, tuning } = placement;
  if (tuning.plainShape === 0) return;
  const mouthShare = 1 - tuning.expressionKept * expressionDifference(placement);
  // A smile moves cheeks and lids as well.
  const elsewhere = mix(mouthShare, 1, CALM_ELSEWHERE);
  const eyes = eyeShares(placement);
  for (let i = 0; i < FACE_POINTS; i++) {
    const mouth = mix(mouthShare, elsewhere, Math.min(1, topology.hopsFromLips[i]! / 4));
    const inside = Math.min(1, topology.hopsFromOval[i]! / 4);
    const share = tuning.plainShape * mouth * inside * (eyes.get(i) ?? 1);
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      const plain = tuning.placement * (aligned[k]! - template[k]!);
      offsets[k] = mix(offsets[k]!, plain, share);
    }
  }
}

/** How much of the plain shape stays away from the mouth when both mouths do something else. */
const CALM_ELSEWHERE = 0.25;
/** Difference of eye aspect ratios at which a lid takes nothing of the plain shape. */
const OTHER_OPENING = 0.12;

/** Shares (0..1) of the plain shape for the points around the eyes: lids that are opened otherwise stay. */
function eyeShares({ template, user }: Placement): Map<number, number> {
  const shares = new Map<number, number>();
  for (const eye of EYES) {
    const difference = Math.abs(eyeOpenness(template, eye) - eyeOpenness(user, eye));
    const share = 1 - Math.min(1, difference / OTHER_OPENING);
    for (const i of [...eye.lids, ...eye.ring1]) shares.set(i, share);
  }
  return shares;
}

/** Adds the offsets to the template; when they would fold the mesh they are shortened, up to five times. */
function withoutFolds(template: Mesh, offsets: Float32Array, topology: FaceTopology): Mesh {
  const sign = frontSignOf(template, topology.triangles);
  let factor = 1;
  let mesh = addOffsets(template, offsets, factor);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (countFolds(template, mesh, topology, sign) <= MAX_FOLDS) break;
    factor *= 0.8;
    mesh = addOffsets(template, offsets, factor);
  }
  return mesh;
}

function addOffsets(template: Mesh, offsets: Float32Array, factor: number): Mesh {
  return template.map((v, i) => v + factor * offsets[i]!);
}

/** The z-buffer hides a few folded triangles; more show as creases. */
const MAX_FOLDS = 6;
/** Twice the area of the smallest triangle that counts, over the squared face scale. */
const SMALLEST_TRIANGLE = 2e-5;

function countFolds(template: Mesh, mesh: Mesh, topology: FaceTopology, sign: number): number {
  // Slivers at lids and lips turn over at the smallest change and show nothing.
  const smallest = SMALLEST_TRIANGLE * faceScale(template) ** 2;
  let folds = 0;
  for (let t = 0; t < topology.triangles.length / 3; t++) {
    const before = screenArea(template, topology.triangles, t) * sign;
    if (before > smallest && screenArea(mesh, topology.triangles, t) * sign < 0) folds++;
  }
  return folds;
}
