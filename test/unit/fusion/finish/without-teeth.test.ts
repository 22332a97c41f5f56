import assert from "node:assert/strict";
import test from "node:test";
import { withoutTeeth } from "../../../../src/fusion/finish/without-teeth.ts";
import { faceWorkUntil } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [laughing, calm] = (await foundPortraits("laughing", "calm")) as [
  FoundPortrait,
  FoundPortrait,
];
const { layer } = await faceWorkUntil("match-sharpness", { template: laughing, user: calm });

/** Index of the pixel half way between two mesh points. */
function between(first: number, second: number): number {
  const { mesh, width } = layer.canvas;
  const [x, y] = [0, 1].map((k) => Math.round((mesh[3 * first + k]! + mesh[3 * second + k]!) / 2));
  return y! * width + x!;
}

test("what the open mouth shows is no feature, lips and eyes are", () => {
  const { feature } = withoutTeeth(layer);
  assert.ok(feature[between(13, 14)]! < 0.05);
  for (const pixel of [between(17, 14), between(33, 133), between(263, 362)]) {
    assert.ok(layer.feature[pixel]! > 0.5);
    assert.ok(Math.abs(feature[pixel]! - layer.feature[pixel]!) < 0.05);
  }
});
