import { boxBlur } from "../../imaging/box-blur.ts";
import { dilate, flood, open } from "../../imaging/morphology.ts";
import { createPlane, type Plane, planeFrom, valuesUnder } from "../../imaging/plane.ts";
import { quantile } from "../../imaging/scalar.ts";
import type { FaceGrid } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";

/** How many times coarser than the middle of the face's skin a cell's texture must be. */
const COARSER = 3;
/** Texture (log units) that skin may have anywhere: grain, pores, stubble. */
const SKIN_TEXTURE = 0.03;
/** Hair narrower than this (over the face scale) is not told from the edge of the face. */
const NARROWEST = 0.03;
/** More of the sure skin than this cannot be hair: the photo is grainy. */
const MAX_SKIN_SHARE = 0.4;

/**
 * Finds hair by its texture, since blond and grey hair have the colours of skin: a broad region that reaches in from the
 * face's border and is much rougher than the face's skin. Returns 0 or 1 per cell.
 */
export function findHair(
  grid: FaceGrid,
  zones: FaceZones,
  texture: Plane,
  bearded: boolean,
): Plane {
  const { width, height } = grid;
  const smooth = boxBlur(texture, 1);
  const sure = valuesUnder(smooth, zones.sureSkin, 0);
  const limit = Math.max(SKIN_TEXTURE, COARSER * quantile(sure, 0.4));
  const empty = createPlane(width, height);
  if (sure.length === 0 || !Number.isFinite(limit)) return empty;
  if (sure.filter((v) => v > limit).length > MAX_SKIN_SHARE * sure.length) return empty;
  const isExempt = (i: number): boolean =>
    zones.exempt.data[i]! > 0 || (bearded && zones.beard.data[i]! > 0);
  const rough = planeFrom(width, height, (i) =>
    grid.covered.data[i]! > 0.5 && smooth.data[i]! > limit ? 1 : 0,
  );
  const broad = open(rough, (NARROWEST / 2) * grid.scale);
  const hair = flood(
    grid,
    (i) => broad.data[i]! > 0 && !isExempt(i) && grid.border.data[i]! < 0.06,
    (i) => broad.data[i]! > 0 && !isExempt(i),
  );
  return dilate(hair, 0.012 * grid.scale);
}
