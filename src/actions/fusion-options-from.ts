import { AppError } from "../base/app-error.ts";
import type { FusionOptions, ModelType } from "../fusion/fusion-options.ts";
import type { FusionUltraParam } from "./fuse-face-ultra-parameters.ts";

/** Editions of the API page; they differ in two defaults. */
export type DefaultsEdition = "2025-02" | "2024-11";

/**
 * Turns the wire's effect parameters into ours. Throws `fusion-parameter-invalid` out of range and
 * `field-value-invalid` for an unknown model type.
 */
export function fusionOptionsFrom(
  param: FusionUltraParam,
  swapModelType: number,
  edition: DefaultsEdition,
): Omit<FusionOptions, "label"> {
  const recommended = edition === "2024-11" ? 1 : 0.5;
  return {
    modelType: modelTypeFrom(swapModelType),
    reshapeStrength: strength(param.WarpRadio, 0.7),
    enhanceStrength: strength(param.EnhanceRadio, recommended),
    smoothStrength: strength(param.MpRadio, recommended),
    enhanceTeeth: toggle(param.TeethEnhanceRadio, 1),
    transferMakeup: toggle(param.MakeupTransferRadio, 0),
  };
}

function modelTypeFrom(type: number): ModelType {
  if (type < 1 || type > 6) {
    throw new AppError("field-value-invalid", "The model type is a whole number from 1 to 6.");
  }
  return type as ModelType;
}

function strength(value: number | undefined, recommended: number): number {
  const strength01 = value ?? recommended;
  if (strength01 < 0 || strength01 > 1) throw outOfRange();
  return strength01;
}

function toggle(value: number | undefined, recommended: 0 | 1): boolean {
  const number = value ?? recommended;
  if (number !== 0 && number !== 1) throw outOfRange();
  return number === 1;
}

function outOfRange(): AppError {
  return new AppError("fusion-parameter-invalid", "Strengths are 0 to 1, switches 0 or 1.");
}
