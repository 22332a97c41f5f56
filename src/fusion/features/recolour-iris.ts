import { logOfLevel, writeLevels, writeLogOpponent } from "../../imaging/log-opponent.ts";
import { readBilinear } from "../../imaging/mesh-sampler.ts";
import type { Picture } from "../../imaging/picture.ts";
import { clamp, smoothstep } from "../../imaging/scalar.ts";
import { forEachMasked, type SoftMask } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { EYES, type EyeRegion } from "../face-regions.ts";
import type { Mesh } from "../shape/measure-face.ts";

/** One eye to recolour. */
export interface IrisScene {
  readonly eye: EyeRegion;
  /** The visible eyeball in canvas pixels. */
  readonly interior: SoftMask;
  readonly user: Picture;
  readonly userMesh: Mesh;
  readonly shiftAt: (eye: EyeRegion) => readonly [number, number, number];
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Above this level a pixel is a catch-light. */
const GLINT_LEVEL = 190;
const STRENGTH = 0.7;
const MAX_SHIFT = 0.7;
/** A dark iris cannot be brightened as far as a bright one be darkened: what is seen in it is mostly reflections. */
const MAX_BRIGHTENING = 0.4;
/** How far a colour may go beyond the stronger of both irises', log units. */
const CHROMA_SLACK = 0.04;
/** Difference of both irises' A and B from which on they are of two colours. */
const HETEROCHROMIA = 0.35;

/** Shifts the template's iris towards the user's iris colour; pupil, catch-lights and gaze stay the template's. */
export function recolourIris(layer: FaceLayer, scene: IrisScene): void {
  const { canvas } = layer;
  const disc = discOf(canvas.mesh, scene.eye);
  if (disc.radius < 2) return;
  const own = userIris(scene);
  const given = ringColour(disc, (x, y, rgb) => readLayer(layer, x, y, rgb));
  if (!own || !given) return;
  const shift = irisShift(own, given, scene.shiftAt(scene.eye));
  const colour = new Float32Array(3);
  const level = new Float32Array(3);
  forEachMasked(scene.interior, canvas.width, (pixel, value) => {
    const dx = (pixel % canvas.width) + 0.5 - disc.x;
    const dy = Math.floor(pixel / canvas.width) + 0.5 - disc.y;
    const inside = 1 - smoothstep(0.85, 1.05, Math.hypot(dx, dy) / disc.radius);
    if (inside === 0) return;
    const rgb = triple(layer.rgb, 3 * pixel);
    const glint = smoothstep(GLINT_LEVEL - 30, GLINT_LEVEL, Math.max(...rgb));
    writeLogOpponent(colour, 0, rgb);
    for (let c = 0; c < 3; c++) colour[c]! += shift[c]! * inside * (1 - glint);
    writeLevels(colour, 0, level, 0);
    for (let c = 0; c < 3; c++) layer.rgb[3 * pixel + c]! += value * (level[c]! - rgb[c]!);
  });
}

type Colour = readonly [number, number, number];

/**
 * Colour of the user's iris: the mean of both, since two irises of one face have one colour even where one lies in the
 * shade; each eye's own where they differ more than light explains (heterochromia).
 */
function userIris(scene: IrisScene): Colour | undefined {
  const ring = (eye: EyeRegion): Colour | undefined =>
    ringColour(discOf(scene.userMesh, eye), (x, y, rgb) =>
      readBilinear(scene.user, x - 0.5, y - 0.5, rgb),
    );
  const own = ring(scene.eye);
  const other = ring(EYES[0] === scene.eye ? EYES[1] : EYES[0]);
  if (!own || !other) return own ?? other;
  if (Math.hypot(own[1] - other[1], own[2] - other[2]) > HETEROCHROMIA) return own;
  return [0, 1, 2].map((c) => (own[c]! + other[c]!) / 2) as [number, number, number];
}

/**
 * What to add to the template's iris in Y A B. The change of light is estimated on skin: where it would give an iris more
 * colour than either of both has, it is not followed.
 */
function irisShift(own: Colour, given: Colour, light: Colour): number[] {
  return [0, 1, 2].map((c) => {
    const wanted = own[c]! + light[c]!;
    if (c === 0) return STRENGTH * clamp(wanted - given[c]!, -MAX_SHIFT, MAX_BRIGHTENING);
    const most = Math.max(Math.abs(own[c]!), Math.abs(given[c]!)) + CHROMA_SLACK;
    return STRENGTH * clamp(clamp(wanted, -most, most) - given[c]!, -MAX_SHIFT, MAX_SHIFT);
  });
}

function triple(data: Float32Array, at: number): [number, number, number] {
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

/** The iris's centre and mean radius. */
function discOf(mesh: Mesh, eye: EyeRegion): Disc {
  const [centre, ...rim] = eye.iris;
  const x = mesh[3 * centre!]!;
  const y = mesh[3 * centre! + 1]!;
  const radius =
    rim.reduce((sum, i) => sum + Math.hypot(mesh[3 * i]! - x, mesh[3 * i + 1]! - y), 0) /
    rim.length;
  return { x, y, radius };
}

function readLayer(layer: FaceLayer, x: number, y: number, rgb: Float64Array): void {
  const { width, height } = layer.canvas;
  const px = clamp(Math.floor(x), 0, width - 1);
  const py = clamp(Math.floor(y), 0, height - 1);
  for (let c = 0; c < 3; c++) rgb[c] = layer.rgb[3 * (py * width + px) + c]!;
}

/**
 * Mean Y A B of the iris's coloured ring (0.4 to 0.85 of its radius, sides only, where lids rarely cover it) without
 * its brightest fifth and darkest seventh. Undefined for an iris of less than a pixel.
 */
function ringColour(
  disc: Disc,
  read: (x: number, y: number, rgb: Float64Array) => void,
): [number, number, number] | undefined {
  if (disc.radius < 1) return undefined;
  const rgb = new Float64Array(3);
  const samples: Float64Array[] = [];
  for (let ring = 0; ring < 5; ring++) {
    const radius = disc.radius * (0.4 + 0.1125 * ring);
    for (let k = 0; k < 24; k++) {
      const angle = (k / 24) * 2 * Math.PI;
      if (Math.abs(Math.sin(angle)) > 0.7) continue;
      read(disc.x + radius * Math.cos(angle), disc.y + radius * Math.sin(angle), rgb);
      samples.push(rgb.slice());
    }
  }
  samples.sort((p, q) => brightness(p) - brightness(q));
  const kept = samples.slice(Math.round(0.15 * samples.length), Math.round(0.8 * samples.length));
  const colour = new Float32Array(3);
  const sum: [number, number, number] = [0, 0, 0];
  for (const sample of kept) {
    writeLogOpponent(colour, 0, sample);
    for (let c = 0; c < 3; c++) sum[c]! += colour[c]! / kept.length;
  }
  return sum;
}

function brightness(rgb: Float64Array): number {
  return 0.3 * logOfLevel(rgb[0]!) + 0.6 * logOfLevel(rgb[1]!) + 0.1 * logOfLevel(rgb[2]!);
}
