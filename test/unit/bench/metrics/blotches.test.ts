import assert from "node:assert/strict";
import test from "node:test";
import { blotchiness } from "../../../../bench/metrics/blotches.ts";
import { repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm] = (await foundPortraits("calm")) as [FoundPortrait];
const measured = ({ picture, face }: FoundPortrait): number => blotchiness(picture, face.mesh);

/** Paints a soft spot on a cheek. */
function withSpot(gains: readonly [number, number, number]): FoundPortrait {
  const [x0, y0] = [calm.face.mesh[3 * 205]!, calm.face.mesh[3 * 205 + 1]!];
  const radius = 0.07 * calm.face.box.height;
  return repainted(calm, (rgb, x, y) => {
    const share = Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * radius ** 2));
    return rgb.map((v, c) => v * (1 + share * (gains[c]! - 1)));
  });
}

test("a grey, an orange and a burnt patch on a cheek all raise the measure; an even tint hardly does", () => {
  const before = measured(calm);
  for (const gains of [
    [0.75, 0.85, 1],
    [1.15, 0.95, 0.7],
    [1.4, 1.4, 1.4],
  ] as const) {
    assert.ok(measured(withSpot(gains)) > before + 0.2, `${gains}: ${measured(withSpot(gains))}`);
  }
  const tinted = repainted(calm, ([r, g, b]) => [0.97 * r, 0.95 * g, 0.92 * b]);
  assert.ok(Math.abs(measured(tinted) - before) < 0.1 * before);
});
