import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane, subtractPlanes } from "../../imaging/plane.ts";
import { clamp, quantile, smoothstep } from "../../imaging/scalar.ts";
import type { LightFields } from "./light-fields.ts";
import type { LipScene } from "./lip-colour.ts";
import { relitDetail } from "./middle-band.ts";

/** How much redder (log units) a spot of the lips may be than the redder pair of lips is on the mean. */
const REDDER = 0.02;
/** Highlights up to this many log units above the lips' mean stay as they are. */
const SHINE = 0.12;
/** Lips that get brighter by these (log units) lose what exceeds the template's highlights. */
const BRIGHTENED = { from: 0.15, to: 0.5 } as const;
/** Limit of the change of redness, log units. */
const MAX_CHANGE = 0.35;

/**
 * Keeps single spots of the user's lips from glowing where dark skin is brightened: none gets redder than lips of either side are,
 * none shines more than the template's lips do.
 */
export function dampLipShine(light: LightFields, scene: LipScene): LightFields {
  const { grid, zones, colours } = scene;
  const { width, height, template } = grid;
  const cells: number[] = [];
  for (let i = 0; i < zones.lips.data.length; i++) {
    if (zones.lips.data[i]! > 0 && grid.covered.data[i]! >= 0.99) cells.push(i);
  }
  if (cells.length === 0) return light;
  const mean = (valueAt: (i: number) => number): number =>
    cells.reduce((sum, i) => sum + valueAt(i), 0) / cells.length;
  const skin = mean((i) => light.baseA.data[i]! + light.shiftA.data[i]!);
  const own = mean((i) => colours.a.data[i]! - light.baseA.data[i]!);
  const given = mean((i) => template.a.data[i]!) - skin;
  const reddest = skin + Math.max(own, given) + REDDER;
  const lumaAt = (i: number): number => {
    const [base, shift] = [light.baseY.data[i]!, light.shiftY.data[i]!];
    return base + shift + relitDetail(colours.y.data[i]! - base, shift - light.relief.data[i]!);
  };
  const templateLuma = cells.map((i) => template.y.data[i]!);
  const shine = quantile(templateLuma, 0.95) - mean((i) => template.y.data[i]!);
  const brightest = mean(lumaAt) + Math.max(SHINE, shine);
  const lips: number[] = [];
  for (let i = 0; i < zones.lips.data.length; i++) if (zones.lips.data[i] !== 0) lips.push(i);
  const onLips = (excessAt: (i: number) => number): Plane => {
    const excess = createPlane(width, height);
    for (const i of lips) excess.data[i] = excessAt(i);
    return gaussianBlur(excess, 0.008 * grid.scale);
  };
  const red = onLips((i) =>
    clamp(colours.a.data[i]! + light.shiftA.data[i]! - reddest, 0, MAX_CHANGE),
  );
  const bright = onLips((i) => {
    const brightened = smoothstep(BRIGHTENED.from, BRIGHTENED.to, light.shiftY.data[i]!);
    return brightened * Math.max(0, lumaAt(i) - brightest);
  });
  return {
    ...light,
    shiftY: subtractPlanes(light.shiftY, bright),
    shiftA: subtractPlanes(light.shiftA, red),
  };
}
