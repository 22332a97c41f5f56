import { addPlanes, type Plane, subtractPlanes, valuesUnder } from "../../imaging/plane.ts";
import { clamp, quantile, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";
import { type LightFields, spread } from "./light-fields.ts";
import type { RelightConstants } from "./relight-gains.ts";

/** Measures, on bare skin (`mask`), how strong detail, colour variation and highlights are on both sides. */
export function measureRelightConstants(
  grid: FaceGrid,
  mask: Plane,
  light: LightFields,
): RelightConstants {
  const own = subtractPlanes(grid.user.y, light.middleY);
  const given = subtractPlanes(grid.template.y, addPlanes(light.baseY, light.shiftY));
  const gain = (spread(given, mask) / Math.max(spread(own, mask), 1e-4)) ** 0.5;
  return {
    detailGain: clamp(gain, 0.75, 1.3),
    skinChromaGain: clamp(
      (1.1 * (chromaSpread(grid.template, templateChroma(light), mask) + 0.004)) /
        (chromaSpread(grid.user, { a: light.baseA, b: light.baseB }, mask) + 0.004),
      0,
      1,
    ),
    colourfulness: smoothstep(0.006, 0.03, wholeChromaSpread(grid)),
    highlightLimit: highlightOf(given, mask),
  };
}

function templateChroma(light: LightFields): { a: Plane; b: Plane } {
  return {
    a: addPlanes(light.baseA, light.shiftA),
    b: addPlanes(light.baseB, light.shiftB),
  };
}

function chromaSpread(colours: GridColours, base: { a: Plane; b: Plane }, mask: Plane): number {
  return (
    spread(subtractPlanes(colours.a, base.a), mask) / 2 +
    spread(subtractPlanes(colours.b, base.b), mask) / 2
  );
}

/** Colour variation over the template's whole face: 0 for a black-and-white or toned picture. */
function wholeChromaSpread(grid: FaceGrid): number {
  return Math.max(spread(grid.template.a, grid.covered), spread(grid.template.b, grid.covered));
}

function highlightOf(detail: Plane, mask: Plane): number {
  return clamp(quantile(valuesUnder(detail, mask, 0.2), 0.97), 0.05, 0.2);
}
