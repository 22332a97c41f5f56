import { writeLevels, writeLogOpponent } from "../../imaging/log-opponent.ts";
import { clamp, smoothstep } from "../../imaging/scalar.ts";
import { forEachMasked, type SoftMask, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { LIPS_INNER, LIPS_OUTER } from "../face-regions.ts";
import { faceScale, type Mesh, mouthGap, mouthWidth } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** Share of the template's lips where its mouth is opened and stretched far beyond the user's. */
const MOST = 0.8;
/** How much wider open (over the face scale) and wider (natural log) the template's mouth is from which on, and up to which. */
const OPENER = { from: 0.02, to: 0.06 } as const;
const WIDER = { from: 0.12, to: 0.28 } as const;
/** The same where the user's lips get brighter by these (log units): their gloss would glow. */
const BRIGHTEST = 0.75;
const BRIGHTER = { from: 0.25, to: 0.65 } as const;
/** Softness of the lips' edge and of the gap's, over the face scale. */
const EDGE = 0.006;
const GAP_EDGE = 0.003;
/** Largest change of one plane of colour, log units. */
const MAX_CHANGE = 0.7;

/** How much more the template's lips are opened or stretched than the user's, 0..1. */
export function stretchShare(user: Mesh, template: Mesh): number {
  const opener = mouthGap(template) - mouthGap(user);
  const wider = Math.log(mouthWidth(template) / mouthWidth(user));
  return Math.max(
    smoothstep(OPENER.from, OPENER.to, opener),
    // A closed mouth that is only broad lies on lips that are thin and whole, as the user's are.
    smoothstep(WIDER.from, WIDER.to, wider) * smoothstep(0.005, 0.02, opener),
  );
}

/** What becomes of the user's lips. */
export interface LipChange {
  readonly user: Mesh;
  readonly template: Mesh;
  /** How much brighter (log units) the template's light makes them on the mean. */
  readonly brightening: number;
}

/**
 * Where the template laughs and the user does not, the user's closed lips would be stretched with their creases and the dark
 * line between them; where dark lips get much brighter, their gloss would glow. The template's lips take their place, in
 * the user's outline and the user's mean colour.
 */
export function restoreLips(layer: FaceLayer, scene: LipChange): void {
  const brighter = smoothstep(BRIGHTER.from, BRIGHTER.to, scene.brightening);
  const share = Math.max(MOST * stretchShare(scene.user, scene.template), BRIGHTEST * brighter);
  if (share === 0) return;
  const { canvas, rgb, template } = layer;
  const scale = faceScale(canvas.mesh);
  const lips = softMaskOf(outlineOf(canvas.mesh, LIPS_OUTER), EDGE * scale, canvas);
  if (!lips) return;
  const change = meanDifference(layer, lips, gapOf(layer, GAP_EDGE * scale));
  if (!change) return;
  const colour = new Float32Array(3);
  const levels = new Float32Array(3);
  forEachMasked(lips, canvas.width, (pixel, value) => {
    writeLogOpponent(colour, 0, template, 3 * pixel);
    for (let c = 0; c < 3; c++) colour[c]! += change[c]!;
    writeLevels(colour, 0, levels, 0);
    for (let c = 0; c < 3; c++) {
      const at = 3 * pixel + c;
      rgb[at]! += share * value * (levels[c]! - rgb[at]!);
    }
  });
}

/** The pixels between the lips, 0 or 1, over the whole layer. */
function gapOf({ canvas }: FaceLayer, edge: number): (pixel: number) => boolean {
  const mask = softMaskOf(outlineOf(canvas.mesh, LIPS_INNER), edge, canvas);
  const inside = new Set<number>();
  if (mask) {
    forEachMasked(mask, canvas.width, (pixel, value) => {
      if (value > 0.1) inside.add(pixel);
    });
  }
  return (pixel) => inside.has(pixel);
}

/** What the fused lips' mean Y A B differ by from the template's lips, log units; nothing where no lip is seen. */
function meanDifference(
  { canvas, rgb, template }: FaceLayer,
  lips: SoftMask,
  isGap: (pixel: number) => boolean,
): [number, number, number] | undefined {
  const own = new Float32Array(3);
  const given = new Float32Array(3);
  const sums: [number, number, number] = [0, 0, 0];
  let total = 0;
  forEachMasked(lips, canvas.width, (pixel, value) => {
    if (value < 0.9 || isGap(pixel)) return;
    writeLogOpponent(own, 0, rgb, 3 * pixel);
    writeLogOpponent(given, 0, template, 3 * pixel);
    for (let c = 0; c < 3; c++) sums[c]! += own[c]! - given[c]!;
    total++;
  });
  if (total === 0) return undefined;
  for (let c = 0; c < 3; c++) sums[c] = clamp(sums[c]! / total, -MAX_CHANGE, MAX_CHANGE);
  return sums;
}
