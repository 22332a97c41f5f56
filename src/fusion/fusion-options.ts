import type { LabelLanguage } from "../imaging/label-text.ts";
import type { Rect } from "../imaging/picture.ts";
import type { PictureNote } from "../labels/picture-note.ts";

/** Engine presets; the numbers are the wire's `SwapModelType`. */
export type ModelType = 1 | 2 | 3 | 4 | 5 | 6;

/** A visible mark on the result. */
export interface VisibleLabel {
  /** A picture (JPEG or PNG bytes) stretched into {@link rect}; without it the default text is drawn. */
  readonly image?: Uint8Array;
  /** Where, in pixels of the result; without it the lower right corner. */
  readonly rect?: Rect;
  /** Language of the default text; Chinese without it. */
  readonly language?: LabelLanguage;
  /** True to write the default text into the lower right corner as well, over all else. */
  readonly isAlsoInCorner?: boolean;
}

/** Which of a call's pictures the content classifier looks at. */
export type ScreenedRole = "template" | "user" | "result";

/** Refusal of pictures by what they show. */
export interface Screening {
  readonly roles: readonly ScreenedRole[];
  /** Most of the classifier's certainty, 0..1, that a picture is pornographic. */
  readonly maxUnsafe01: number;
}

/** How a fusion is to be done, in our own words; the wire's names end in `actions/`. */
export interface FusionOptions {
  readonly modelType: ModelType;
  /** 0 keeps the template's face outline, 1 takes the user's (`WarpRadio`). */
  readonly reshapeStrength: number;
  /** 0 keeps the template's features, 1 takes the user's (`FuseFaceDegree` in reverse); 1 without it. */
  readonly likeness?: number | undefined;
  /** 0..1, detail enhancement (`EnhanceRadio`). */
  readonly enhanceStrength: number;
  /** 0..1, skin smoothing (`MpRadio`). */
  readonly smoothStrength: number;
  /** Repair and brighten teeth (`TeethEnhanceRadio`). */
  readonly enhanceTeeth: boolean;
  /** Bring the template's make-up over to the user's face (`MakeupTransferRadio`). */
  readonly transferMakeup: boolean;
  /** The visible label, or undefined for none (`LogoAdd`, `LogoParam`). */
  readonly label?: VisibleLabel | undefined;
  /** What the caller wants said in the result's file, beside the implicit label (`ImageCodecParam.MetaData`). */
  readonly note?: PictureNote | undefined;
  /** Which pictures are refused by what they show; without it none. */
  readonly screening?: Screening | undefined;
}

/** The API's recommended values, newer edition (February 2025). */
export const DEFAULT_FUSION_OPTIONS: FusionOptions = {
  modelType: 1,
  reshapeStrength: 0.7,
  enhanceStrength: 0.5,
  smoothStrength: 0.5,
  enhanceTeeth: true,
  transferMakeup: false,
  label: {},
};
