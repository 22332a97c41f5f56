import type { FaceWork, FusionWork } from "./fusion-work.ts";
import type { Step } from "./step.ts";
import { addVisibleLabel } from "./steps/add-visible-label.ts";
import { blendFaceBack } from "./steps/blend-face-back.ts";
import { composeFaceLayer } from "./steps/compose-face-layer.ts";
import { decodePictures } from "./steps/decode-pictures.ts";
import { drawFace } from "./steps/draw-face.ts";
import { encodeResult } from "./steps/encode-result.ts";
import { fadeToTemplate } from "./steps/fade-to-template.ts";
import { findFacePairs } from "./steps/find-face-pairs.ts";
import {
  enhanceFaceDetail,
  matchFaceSharpness,
  smoothFaceSkin,
  whitenTeeth,
} from "./steps/finish-face.ts";
import { mapSkin } from "./steps/map-skin.ts";
import { markPicture } from "./steps/mark-picture.ts";
import { matchFaceLight } from "./steps/match-face-light.ts";
import { placeFeatures } from "./steps/place-features.ts";
import { rateFusedFace } from "./steps/rate-fused-face.ts";
import { restoreEyesAndMouth } from "./steps/restore-eyes-and-mouth.ts";
import { screenPictures, screenResult } from "./steps/screen-pictures.ts";
import { transferFaceMakeup } from "./steps/transfer-face-makeup.ts";

/** Once a call, before any face is fused. */
export const BEFORE_FACES: readonly Step<FusionWork>[] = [
  decodePictures,
  screenPictures,
  findFacePairs,
];

/** Once for each face, largest first, each on the result of the one before. */
export const PER_FACE: readonly Step<FaceWork>[] = [
  placeFeatures,
  drawFace,
  mapSkin,
  matchFaceLight,
  composeFaceLayer,
  restoreEyesAndMouth,
  transferFaceMakeup,
  fadeToTemplate,
  matchFaceSharpness,
  smoothFaceSkin,
  enhanceFaceDetail,
  whitenTeeth,
  blendFaceBack,
  rateFusedFace,
];

/** Once a call, after all faces. */
export const AFTER_FACES: readonly Step<FusionWork>[] = [
  screenResult,
  markPicture,
  addVisibleLabel,
  encodeResult,
];
