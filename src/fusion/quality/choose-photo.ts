import type { Face } from "../../faces/face.ts";
import type { Picture } from "../../imaging/picture.ts";
import { EYES } from "../face-regions.ts";
import { eyeOpenness, faceScale, type Mesh, mouthGap } from "../shape/measure-face.ts";
import { turnBetween } from "./rate-face.ts";

/** A user's face in one of their photos. */
export interface UserPhoto {
  readonly picture: Picture;
  readonly face: Face;
}

/** How much a photo loses for each radian of turn, doubling of size, and unit of difference in openness and light. */
const COST = { turn: 1, enlargement: 0.25, mouth: 4, eyes: 1, light: 0.5 } as const;
/** A photo of this many times the template's size is as good as a larger one. */
const ENOUGH = 1;

/**
 * Chooses among several photos of one user the one that fits a template face best: its pose first, then the mouth's and the
 * eyes' opening, the side that the light comes from, and whether it is large enough.
 */
export function choosePhoto(
  photos: readonly UserPhoto[],
  template: UserPhoto,
): UserPhoto | undefined {
  const costs = photos.map((photo) => costOf(photo, template));
  return photos[costs.indexOf(Math.min(...costs))];
}

function costOf(photo: UserPhoto, template: UserPhoto): number {
  const [own, given] = [photo.face.mesh, template.face.mesh];
  const enlargement = Math.log2((ENOUGH * faceScale(given)) / faceScale(own));
  const eyes = EYES.map((eye) => Math.abs(eyeOpenness(own, eye) - eyeOpenness(given, eye)));
  return (
    COST.turn * turnBetween(own, given) +
    COST.enlargement * Math.max(0, enlargement) +
    COST.mouth * Math.abs(mouthGap(own) - mouthGap(given)) +
    COST.eyes * Math.max(...eyes) +
    COST.light * Math.abs(sideLight(photo) - sideLight(template))
  );
}

/** Points of the left cheek with their mirrors on the right one. */
const CHEEKS = [
  [117, 346],
  [118, 347],
  [50, 280],
  [205, 425],
  [187, 411],
] as const;

/** How much brighter one cheek is than the other, natural log of their mean levels. */
function sideLight({ picture, face }: UserPhoto): number {
  const [left, right] = [0, 1].map((side) =>
    CHEEKS.reduce((sum, pair) => sum + levelAt(picture, face.mesh, pair[side]!), 0),
  );
  return Math.log((left! + 1) / (right! + 1));
}

function levelAt({ width, height, data }: Picture, mesh: Mesh, point: number): number {
  const x = Math.min(width - 1, Math.max(0, Math.floor(mesh[3 * point]!)));
  const y = Math.min(height - 1, Math.max(0, Math.floor(mesh[3 * point + 1]!)));
  const at = 3 * (y * width + x);
  return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
}
