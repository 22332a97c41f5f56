import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import { EYES, type EyeRegion } from "../face-regions.ts";
import type { FusionTuning } from "../presets.ts";
import { eyeOpenness, faceScale, type Mesh } from "./measure-face.ts";

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly angleRad: number;
}

/** What placing a feature needs to know: the meshes and how strongly the user's identity counts. */
export interface Placement {
  readonly template: Mesh;
  readonly user: Mesh;
  /** The user's mesh in the template's pose and scale. */
  readonly aligned: Mesh;
  readonly tuning: FusionTuning;
}

/**
 * Writes the offsets (from the template) of both eyes' points: the eye's place, width and slant follow the user,
 * its openness stays the template's; the user's lid shape comes in only when both are open alike.
 * Lids and first ring are placed exactly, the second ring half.
 */
export function placeEyes(offsets: Float32Array, p: Placement): void {
  for (const eye of EYES) placeEye(offsets, p, eye);
}

function placeEye(offsets: Float32Array, p: Placement, eye: EyeRegion): void {
  const { template, aligned, tuning } = p;
  const weight = tuning.placement;
  const from = frameOf(template, eye);
  const own = frameOf(aligned, eye);
  const reach = 0.06 * faceScale(template);
  const move = limitLength([(own.x - from.x) * weight, (own.y - from.y) * weight], reach);
  const turn = clamp(wrapAngle(own.angleRad - from.angleRad), -0.25, 0.25) * weight;
  const grow = clamp(own.width / from.width, 0.8, 1.25) ** weight;
  const blend = tuning.lidShape * shapeAgreement(p, eye);
  const place = (i: number, share: number, ownShare: number): void => {
    const shape = localShape(template, i, from);
    const ownShape = localShape(aligned, i, own);
    const u = mix(shape[0], ownShape[0], ownShare) * from.width * grow;
    const v = mix(shape[1], ownShape[1], ownShare) * from.width * grow;
    const angle = from.angleRad + turn;
    const x = from.x + move[0] + u * Math.cos(angle) - v * Math.sin(angle);
    const y = from.y + move[1] + u * Math.sin(angle) + v * Math.cos(angle);
    offsets[3 * i] = mix(offsets[3 * i]!, x - template[3 * i]!, share);
    offsets[3 * i + 1] = mix(offsets[3 * i + 1]!, y - template[3 * i + 1]!, share);
  };
  for (const i of eye.lids) place(i, 1, blend);
  for (const i of eye.ring1) place(i, 1, blend);
  for (const i of eye.ring2) place(i, 0.5, blend);
  // The iris goes where the template's own iris lands between the moved lids: the template's gaze.
  for (const i of eye.iris) place(i, 1, 0);
}

function frameOf(mesh: Mesh, eye: EyeRegion): Frame {
  const [a, b] = [3 * eye.lids[0]!, 3 * eye.lids[8]!];
  const [dx, dy] = [mesh[b]! - mesh[a]!, mesh[b + 1]! - mesh[a + 1]!];
  return {
    x: (mesh[a]! + mesh[b]!) / 2,
    y: (mesh[a + 1]! + mesh[b + 1]!) / 2,
    width: Math.max(Math.hypot(dx, dy), 1e-3),
    angleRad: Math.atan2(dy, dx),
  };
}

function localShape(mesh: Mesh, i: number, frame: Frame): [number, number] {
  const [dx, dy] = [mesh[3 * i]! - frame.x, mesh[3 * i + 1]! - frame.y];
  const [cos, sin] = [Math.cos(frame.angleRad), Math.sin(frame.angleRad)];
  return [(dx * cos + dy * sin) / frame.width, (dy * cos - dx * sin) / frame.width];
}

/** 1 when both eyes are open to the same degree, 0 when either is closed or they differ much. */
function shapeAgreement(p: Placement, eye: EyeRegion): number {
  const openness = eyeOpenness(p.template, eye);
  const own = eyeOpenness(p.user, eye);
  const isOpen = smoothstep(0.1, 0.2, Math.min(openness, own));
  return isOpen * Math.exp(-(((openness - own) / 0.11) ** 2));
}

function limitLength(v: [number, number], limit: number): [number, number] {
  const length = Math.hypot(v[0], v[1]);
  const factor = length > limit ? limit / length : 1;
  return [v[0] * factor, v[1] * factor];
}

function wrapAngle(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
