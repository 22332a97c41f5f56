import { returnFloats } from "../../imaging/float-store.ts";
import { enhanceDetail } from "../finish/enhance-detail.ts";
import { enhanceTeeth } from "../finish/enhance-teeth.ts";
import { enlivenFeatures } from "../finish/enliven-features.ts";
import { matchSharpness } from "../finish/match-sharpness.ts";
import { smoothSkin } from "../finish/smooth-skin.ts";
import { withoutTeeth } from "../finish/without-teeth.ts";
import type { FaceWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Matches blur and grain. */
export const matchFaceSharpness: Step<FaceWork> = {
  name: "match-sharpness",
  describe: "Gives the face the sharpness and grain of the template around it.",
  run: (work) => matchSharpness(work.layer, work.mask.alpha, work.tuning.sharpness),
};

/** Smooths skin. */
export const smoothFaceSkin: Step<FaceWork> = {
  name: "smooth-skin",
  describe:
    "Removes blotches of middle scale from the skin and keeps pores, lashes, lips and hair.",
  isNeeded: (work) => work.tuning.smooth > 0,
  run: (work) => smoothSkin(work.layer, work.tuning.smooth),
};

/** Enhances detail. */
export const enhanceFaceDetail: Step<FaceWork> = {
  name: "enhance-detail",
  describe: "Raises fine detail, features more than skin.",
  isNeeded: (work) => work.tuning.enhance > 0,
  run({ layer, tuning }) {
    const face = withoutTeeth(layer);
    enhanceDetail(face, tuning.enhance, tuning.skinDetail);
    if (tuning.vividness > 0) enlivenFeatures(face, tuning.vividness);
    returnFloats(face.feature);
  },
};

/** Whitens teeth. */
export const whitenTeeth: Step<FaceWork> = {
  name: "enhance-teeth",
  describe: "Takes the yellow out of visible teeth and brightens them without glow.",
  isNeeded: (work) => work.tuning.enhanceTeeth,
  run: (work) => enhanceTeeth(work.layer, work.pair.templateFace.mesh),
};
