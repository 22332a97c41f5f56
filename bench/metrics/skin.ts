import { CHIN, FOREHEAD, LEFT_CHEEK, NOSE, POINT } from "../../src/fusion/face-regions.ts";
import { convexHull, scaleOutline } from "../../src/imaging/fill-polygon.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { type FaceWindow, maskOf, outlineIn, ovalIn, windowAround } from "./face-window.ts";
import { ciede2000, type Lab, labFromRgb } from "./lab.ts";

/** {@link LEFT_CHEEK} on the other side of the face. */
const RIGHT_CHEEK = [346, 347, 348, 349, 329, 371, 423, 426, 427, 411, 376, 352];

const SKIN_ZONES = [LEFT_CHEEK, RIGHT_CHEEK, NOSE, FOREHEAD, CHIN];

/** A set of skin pixels: their mean colour and how far they scatter about it (per channel). */
export interface SkinColour {
  readonly mean: Lab;
  readonly spread: Lab;
  readonly pixels: number;
}

/** Colour of a face's own skin: cheeks, nose, forehead and chin, each zone's convex hull. */
export function faceSkin(picture: Picture, mesh: ArrayLike<number>): SkinColour | undefined {
  const window = windowAround(mesh, 0.02, picture);
  const zones = SKIN_ZONES.map((zone) => convexHull(outlineIn(window, mesh, zone)));
  return colourUnder(picture, window, maskOf(window, zones).data);
}

/** Most that skin around a face may differ from the face's own per channel (L a b) and still count as skin. */
const RING_TOLERANCE = { least: [6, 4, 4], most: [18, 8, 9] } as const;

/**
 * Colour of skin around the face (neck, ears): pixels of the ring between 1.08 and 1.35 times the outline,
 * below the eyes, whose colour lies within 2 spreads of the face's own skin (see {@link RING_TOLERANCE}).
 * Undefined below 50 px.
 */
export function ringSkin(picture: Picture, mesh: ArrayLike<number>): SkinColour | undefined {
  const own = faceSkin(picture, mesh);
  if (!own) return undefined;
  const window = windowAround(mesh, 0.25, picture);
  const oval = ovalIn(window, mesh);
  const inner = maskOf(window, [scaleOutline(oval, 1.08)]).data;
  const isBelowEyes = lowerPart(window, mesh);
  const ring = maskOf(window, [scaleOutline(oval, 1.35)]).data.map((v, i) =>
    inner[i] || !isBelowEyes(i) ? 0 : v,
  );
  const { least, most } = RING_TOLERANCE;
  const limits = own.spread.map((s, c) => Math.min(Math.max(2 * s, least[c]!), most[c]!));
  const near = (lab: Lab): boolean => lab.every((v, c) => Math.abs(v - own.mean[c]!) <= limits[c]!);
  const colour = colourUnder(picture, window, ring, near);
  return colour && colour.pixels >= 50 ? colour : undefined;
}

/** Tells whether a cell of the window lies nearer to the chin than the eyes do. */
function lowerPart(window: FaceWindow, mesh: ArrayLike<number>): (at: number) => boolean {
  const at = (point: number, k: number): number => mesh[3 * point + k]!;
  const [top, chin] = [POINT.foreheadTop, POINT.chin];
  const [dx, dy] = [at(chin, 0) - at(top, 0), at(chin, 1) - at(top, 1)];
  const along = (x: number, y: number): number => x * dx + y * dy;
  const eyes = (along(at(33, 0), at(33, 1)) + along(at(263, 0), at(263, 1))) / 2;
  return (i) => {
    const x = i % window.width;
    return along(window.x + x, window.y + (i - x) / window.width) > eyes;
  };
}

/** CIEDE2000 between two skins, or undefined when one of them could not be measured. */
export function skinDifference(
  a: SkinColour | undefined,
  b: SkinColour | undefined,
): number | undefined {
  return a && b ? ciede2000(a.mean, b.mean) : undefined;
}

function colourUnder(
  picture: Picture,
  window: FaceWindow,
  mask: Float32Array,
  accepts: (lab: Lab) => boolean = () => true,
): SkinColour | undefined {
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  let pixels = 0;
  // Up to about 40 000 pixels say as much of a mean as millions.
  const area = mask.reduce((n, v) => n + v, 0);
  const step = Math.max(1, Math.floor(Math.sqrt(area / 40_000)));
  for (let y = 0; y < window.height; y += step) {
    for (let x = 0; x < window.width; x += step) {
      if (!mask[y * window.width + x]) continue;
      const at = ((window.y + y) * picture.width + window.x + x) * 3;
      const lab = labFromRgb(picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!);
      if (!accepts(lab)) continue;
      pixels++;
      for (let c = 0; c < 3; c++) {
        sum[c]! += lab[c]!;
        squares[c]! += lab[c]! ** 2;
      }
    }
  }
  if (pixels === 0) return undefined;
  const mean = sum.map((v) => v / pixels) as unknown as Lab;
  const spread = squares.map((v, c) => Math.sqrt(Math.max(0, v / pixels - mean[c]! ** 2)));
  return { mean, spread: spread as unknown as Lab, pixels };
}
