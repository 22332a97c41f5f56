import type { PictureFormat, Rect } from "../imaging/picture.ts";
import type { ResultOrigin } from "../labels/result-origin.ts";
import type { FusionOptions } from "./fusion-options.ts";

/** One user photo and the template face it goes to. */
export interface Merge {
  /** Encoded JPEG or PNG. */
  readonly user: Uint8Array;
  /** More photos of the same person, up to four: the one that fits the template best is taken. */
  readonly morePhotos?: readonly Uint8Array[] | undefined;
  /** Which face of the user photo, px of the upright picture; default the largest. */
  readonly userFaceRect?: Rect | undefined;
  /** Which face of the template; default the largest not yet taken. */
  readonly templateFaceRect?: Rect | undefined;
}

/** A whole fusion: encoded pictures in. */
export interface FusionRequest {
  readonly template: Uint8Array;
  /** 1 to 6. */
  readonly merges: readonly Merge[];
  readonly options: FusionOptions;
  /** What the result's file says of where it comes from. */
  readonly origin: ResultOrigin;
}

/** The fused picture, in the template's format and upright size. */
export interface FusionResult {
  readonly image: Uint8Array;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  /** Milliseconds by step name, in running order. */
  readonly stepMs: Readonly<Record<string, number>>;
  /** How good each merge's face is likely to look, 0..1, in the order of the merges; see docs/fusion.md. */
  readonly quality: readonly number[];
}
