import { scaleOutline } from "../../imaging/fill-polygon.ts";
import type { Picture } from "../../imaging/picture.ts";
import { mix, smoothstep } from "../../imaging/scalar.ts";
import { softMaskOf } from "../../imaging/soft-mask.ts";
import { type FaceLayer, takeTemplate } from "../face-layer.ts";
import { EYES, type EyeRegion } from "../face-regions.ts";
import type { FusionTuning } from "../presets.ts";
import { eyeOpenness, faceScale, gazeDifference, type Mesh } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";
import { recolourIris } from "./recolour-iris.ts";

/** What deciding about the eyes needs. */
export interface EyeScene {
  readonly templateMesh: Mesh;
  readonly userMesh: Mesh;
  readonly user: Picture;
  readonly tuning: FusionTuning;
  /** Smallest share (0..1) of the user's photo at either eye. */
  readonly userShare: number;
  /** What to add to the user's Y A B at an eye to bring it into the template's light. */
  readonly shiftAt: (eye: EyeRegion) => readonly [number, number, number];
}

/** Whose eyes the result shows. */
export type EyeChoice = "closed" | "user" | "template";

/** Largest enlargement of the user's photo at which its eyes are still sharp enough. */
const MAX_ENLARGEMENT = 2.8;
/** In eye aspect ratios. */
const MAX_OPENING_DIFFERENCE = 0.12;
/** How much more of both is allowed where likeness counts more than the template's gaze. */
const NEAR = 1.6;
/** A difference between the template's two eyes from which on it winks; below, it is the landmarks' error. */
const WINK = 0.12;
/** Eyes narrower than this, by at least {@link NARROWED} than the user's, are narrowed by laughing or looking down. */
const NARROW_EYE = 0.19;
const NARROWED = 0.08;
/** In eye widths; about what one takes for the same direction at arm's length. */
const MAX_GAZE_DIFFERENCE = 0.12;

/**
 * Decides for both eyes together, since one own and one foreign eye look wrong: closed lids stay closed; the user's
 * own eyes where both gazes and openings agree; else the template's eyes, whose gaze and catch-lights then
 * fit the picture.
 */
export function chooseEyes(scene: EyeScene): EyeChoice {
  const { templateMesh, userMesh, tuning } = scene;
  const openings = EYES.map((eye) => [eyeOpenness(templateMesh, eye), eyeOpenness(userMesh, eye)]);
  if (areLidsKept(openings, tuning.closedEye)) return "closed";
  if (tuning.userEyes === "never") return "template";
  const bothOpen = openings.every(([, own]) => own! > 0.16);
  if (tuning.userEyes === "always" && bothOpen) return "user";
  const slack = tuning.userEyes === "when-near" ? NEAR : 1;
  const alike =
    openings.every(([given, own]) => Math.abs(given! - own!) < slack * MAX_OPENING_DIFFERENCE) &&
    EYES.every((eye) => gazeDifference(templateMesh, userMesh, eye) < slack * MAX_GAZE_DIFFERENCE);
  const enlargement = faceScale(templateMesh) / faceScale(userMesh);
  const isUsable = scene.userShare > 0.75 && enlargement < MAX_ENLARGEMENT;
  return alike && bothOpen && isUsable ? "user" : "template";
}

/**
 * Tells whether the template's lids stay: closed ones, and those so much narrower than the user's that the user's lids
 * would have to be squeezed. `openings` are the template's and the user's by eye.
 */
function areLidsKept(openings: readonly (readonly number[])[], closedEye: number): boolean {
  const [left, right] = openings as [[number, number], [number, number]];
  if (Math.abs(left[0] - right[0]) > WINK) return Math.min(left[0], right[0]) < closedEye;
  const given = (left[0] + right[0]) / 2;
  const own = (left[1] + right[1]) / 2;
  return given < closedEye || (given < NARROW_EYE && own - given > NARROWED);
}

/**
 * What of the ring around the eye is the template's where its lids are, by their openness: of closed ones all that an open eye does
 * not show, up to the crease and down to the tips of the lashes.
 */
const LID_REACH = { closed: 1.25, narrowed: 0.95, from: 0.1, to: 0.18 } as const;
/** Softness of that zone's edge over the face scale. */
const LID_SOFTNESS = 0.02;

/** Factors of the ring around each eye; the same for both unless the template winks. */
function lidReach(templateMesh: Mesh): number[] {
  const own = EYES.map((eye) => eyeOpenness(templateMesh, eye));
  const isWinking = Math.abs(own[0]! - own[1]!) > WINK;
  const mean = (own[0]! + own[1]!) / 2;
  return own.map((opening) => {
    const open = smoothstep(LID_REACH.from, LID_REACH.to, isWinking ? opening : mean);
    return mix(LID_REACH.closed, LID_REACH.narrowed, open);
  });
}

/** Puts the chosen eyes into the face. */
export function restoreEyes(layer: FaceLayer, scene: EyeScene): EyeChoice {
  const choice = chooseEyes(scene);
  if (choice === "user") return choice;
  const scale = faceScale(layer.canvas.mesh);
  const reach = lidReach(scene.templateMesh);
  for (const [i, eye] of EYES.entries()) {
    if (choice === "closed") {
      const zone = scaleOutline(outlineOf(layer.canvas.mesh, eye.ring1), reach[i]!);
      takeTemplate(layer, softMaskOf(zone, LID_SOFTNESS * scale, layer.canvas));
      continue;
    }
    const lids = outlineOf(layer.canvas.mesh, eye.lids);
    const interior = softMaskOf(scaleOutline(lids, 1.02), 0.005 * scale, layer.canvas);
    takeTemplate(layer, interior);
    if (interior) recolourIris(layer, { eye, interior, ...scene });
  }
  return choice;
}
