import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import { LOWER_LIP_RINGS, MOUTH_CORNERS, UPPER_LIP_RINGS } from "../face-regions.ts";
import { distance3, faceScale, type Mesh, mouthGap, mouthWidth } from "./measure-face.ts";
import type { Placement } from "./place-eyes.ts";

type Rings = readonly (readonly number[])[];

/**
 * Writes the offsets (from the template) of all lip points: the template's lip curve at the user's place, a
 * little of the user's width, and the user's lip thickness. Where both mouths do the same, the user's lips are taken
 * as they are.
 */
export function placeMouth(offsets: Float32Array, p: Placement): void {
  const { template, aligned, tuning } = p;
  const weight = tuning.placement;
  const keep = expressionDifference(p);
  const from = centreOf(template);
  const own = centreOf(aligned);
  const reach = 0.05 * faceScale(template);
  const length = Math.hypot(own[0] - from[0], own[1] - from[1]) * weight;
  const limited = (length > reach ? reach / length : 1) * weight;
  const move = [(own[0] - from[0]) * limited, (own[1] - from[1]) * limited] as const;
  const widen = clamp(mouthWidth(p.user) / mouthWidth(template), 0.85, 1.18) ** (0.5 * weight);
  const axis = mouthAxis(template);
  const placed = new Map<number, [number, number]>();
  for (const i of lipPoints()) {
    const [dx, dy] = [template[3 * i]! - from[0], template[3 * i + 1]! - from[1]];
    const along = (dx * axis[0] + dy * axis[1]) * (widen - 1);
    const x = from[0] + move[0] + dx + along * axis[0];
    const y = from[1] + move[1] + dy + along * axis[1];
    placed.set(i, [x, y]);
  }
  thicken(placed, UPPER_LIP_RINGS, p);
  thicken(placed, LOWER_LIP_RINGS, p);
  for (const [i, [x, y]] of placed) {
    offsets[3 * i] = mix(offsets[3 * i]!, x - template[3 * i]!, keep);
    offsets[3 * i + 1] = mix(offsets[3 * i + 1]!, y - template[3 * i + 1]!, keep);
  }
}

/** How much of the template's mouth is kept: 0.15 when both mouths are open and wide alike, towards 1 the more they differ. */
export function expressionDifference({
  template,
  user,
}: Pick<Placement, "template" | "user">): number {
  const gap = Math.abs(mouthGap(template) - mouthGap(user));
  const width = Math.abs(Math.log(mouthWidth(user) / mouthWidth(template)));
  return Math.max(smoothstep(0.006, 0.03, gap), smoothstep(0.05, 0.18, width), 0.15);
}

/** Scales the lip's thickness from the inner contour outwards towards the user's. */
function thicken(placed: Map<number, [number, number]>, rings: Rings, p: Placement): void {
  const own = thickness(p.user, rings) / faceScale(p.user);
  const given = thickness(p.template, rings) / faceScale(p.template);
  const factor = Math.sqrt(clamp(own / Math.max(given, 1e-6), 0.6, 1.6));
  const inner = rings[3]!;
  for (const ring of rings.slice(0, 3)) {
    for (const [column, i] of ring.entries()) {
      const base = placed.get(inner[column]!)!;
      const point = placed.get(i)!;
      placed.set(i, [mix(base[0], point[0], factor), mix(base[1], point[1], factor)]);
    }
  }
}

function thickness(mesh: Mesh, rings: Rings): number {
  const [outer, inner] = [rings[0]!, rings[3]!];
  return (
    outer.reduce((sum, i, column) => sum + distance3(mesh, i, inner[column]!), 0) / outer.length
  );
}

function centreOf(mesh: Mesh): [number, number] {
  const corners = [61, 291, 13, 14];
  return [0, 1].map((k) => corners.reduce((sum, i) => sum + mesh[3 * i + k]! / 4, 0)) as [
    number,
    number,
  ];
}

function mouthAxis(mesh: Mesh): [number, number] {
  const [dx, dy] = [mesh[3 * 291]! - mesh[3 * 61]!, mesh[3 * 291 + 1]! - mesh[3 * 61 + 1]!];
  const length = Math.max(Math.hypot(dx, dy), 1e-6);
  return [dx / length, dy / length];
}

/** All points of both lips, each once. */
export function lipPoints(): number[] {
  return [
    ...new Set([...UPPER_LIP_RINGS.flat(), ...LOWER_LIP_RINGS.flat(), ...MOUTH_CORNERS.flat()]),
  ];
}
