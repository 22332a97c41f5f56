import { z } from "zod";
import type { FusionJob } from "../jobs/run-fusion.ts";
import { FACE_RECT, logoRectFrom, type WireRect } from "./face-rect.ts";
import { given } from "./given.ts";
import { pictureSource } from "./picture-source.ts";

/** The wire's `LogoParam`. */
export const LOGO_PARAM = z.strictObject({
  LogoRect: FACE_RECT,
  LogoUrl: z.string().optional(),
  LogoImage: z.string().optional(),
});

/** The members of a call that speak of the visible label. */
interface LogoCall {
  readonly LogoAdd?: number | undefined;
  readonly LogoParam?: z.infer<typeof LOGO_PARAM> | undefined;
}

/**
 * Reads the visible label: any `LogoAdd` but 0 means 1, as documented; without a logo of the caller's the default text
 * is drawn. Throws `face-rect-invalid` and what {@link pictureSource} throws.
 */
export function labelFrom({ LogoAdd, LogoParam }: LogoCall): FusionJob["label"] {
  if (LogoAdd === 0) return undefined;
  if (LogoParam === undefined) return {};
  const { LogoRect, LogoUrl, LogoImage } = LogoParam;
  const rect = logoRectFrom(LogoRect);
  return { rect, ...given("image", pictureSource({ url: LogoUrl, base64: LogoImage })) };
}

/**
 * As {@link labelFrom} for FuseFace, whose documented example sends a rectangle of zeros: it means the corner.
 */
export function materialLabelFrom(call: LogoCall): FusionJob["label"] {
  const logo = call.LogoParam;
  if (call.LogoAdd === 0 || logo === undefined || !isZero(logo.LogoRect)) return labelFrom(call);
  const { LogoUrl, LogoImage } = logo;
  return given("image", pictureSource({ url: LogoUrl, base64: LogoImage }));
}

function isZero({ X, Y, Width, Height }: WireRect): boolean {
  return [X, Y, Width, Height].every((length) => length === 0);
}
