import type { Box } from "./picture.ts";

/** A caller's own label and where it goes. */
export interface Logo {
  readonly base64: string;
  /** `blob:` address to show it. */
  readonly url: string;
  /** Width by height. */
  readonly ratio: number;
  /** Of the template's width. */
  readonly widthPercent: number;
  readonly corner: LogoCorner;
}

/** Places that the page offers. */
export const LOGO_CORNERS = ["upper-left", "upper-right", "lower-left", "lower-right"] as const;

/** One of {@link LOGO_CORNERS}. */
export type LogoCorner = (typeof LOGO_CORNERS)[number];

/** Longest side that the API takes, px. */
const MAX_SIDE_PX = 2160;

/** Space to the border, of the shorter side. */
const MARGIN_01 = 0.02;

/** Returns the rectangle of a label in px of a template of this size, its shape kept. */
export function logoRect(
  { ratio, widthPercent, corner }: Pick<Logo, "ratio" | "widthPercent" | "corner">,
  template: { readonly width: number; readonly height: number },
): Box {
  const margin = Math.round(MARGIN_01 * Math.min(template.width, template.height));
  const wanted = (template.width * widthPercent) / 100;
  const longest = Math.min(MAX_SIDE_PX, template.height - 2 * margin);
  const width = Math.min(wanted, MAX_SIDE_PX, longest * ratio);
  const size = {
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(width / ratio)),
  };
  const [vertical, horizontal] = corner.split("-");
  const x = horizontal === "left" ? margin : template.width - margin - size.width;
  const y = vertical === "upper" ? margin : template.height - margin - size.height;
  return { x: Math.max(0, x), y: Math.max(0, y), ...size };
}
