import type { Face } from "../../src/faces/face.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { blotchiness } from "../metrics/blotches.ts";
import { seamExcess, sharpnessRatio } from "../metrics/edges.ts";
import {
  expressionDifference,
  eyeDifference,
  mouthDifference,
  poseDifferenceDeg,
} from "../metrics/mesh-measures.ts";
import { faceSkin, ringSkin, skinDifference } from "../metrics/skin.ts";
import type { FaceScores } from "./outcome.ts";

/** A face in a picture. */
export interface SeenFace {
  readonly picture: Picture;
  readonly face: Face;
}

/** Takes every metric that compares a result's face with the template's; both pictures have one size. */
export function measureFace(result: SeenFace, template: SeenFace): FaceScores {
  const [a, b] = [result.face.mesh, template.face.mesh];
  const skin = faceSkin(result.picture, a);
  const own = faceSkin(template.picture, b);
  const ring = ringSkin(template.picture, b);
  return {
    poseDeg: poseDifferenceDeg(a, b),
    expression: expressionDifference(a, b),
    mouth: mouthDifference(a, b),
    eye: eyeDifference(a, b),
    ...seamExcess(result.picture, template.picture, b),
    dFace: skinDifference(skin, own),
    dNeck: skinDifference(skin, ring),
    dNeckFloor: skinDifference(own, ring),
    blotches: blotchiness(result.picture, b),
    sharpness: sharpnessRatio(result.picture, template.picture, b),
  };
}
