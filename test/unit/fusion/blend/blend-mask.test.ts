import assert from "node:assert/strict";
import test from "node:test";
import { plainBlendMask } from "../../../../bench/kernels/plain-blend-mask.ts";
import { createBlendMask } from "../../../../src/fusion/blend/blend-mask.ts";
import { POINT } from "../../../../src/fusion/face-regions.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";
import { aNoisePlane, assertClose } from "../../../support/planes.ts";

/** A round face of a size, turned a little. */
function aCanvas(side: number) {
  const { canvas } = aFaceLayer({
    area: { x: 0, y: 0, width: side, height: side + 5 },
    scale: side,
    isCovered: (x, y) => Math.hypot(x - side / 2, y - side / 2) < 0.48 * side,
    colourAt: () => [0, 0, 0],
  });
  const mesh = new Float32Array(canvas.mesh);
  mesh.set([0.4 * side, 0.03 * side, 0], 3 * POINT.foreheadTop);
  mesh.set([0.55 * side, 0.97 * side, 0], 3 * POINT.chin);
  return { ...canvas, mesh };
}

for (const side of [9, 62, 200]) {
  test(`a face of ${side} px is feathered as by the plain loop`, () => {
    const canvas = aCanvas(side);
    const occluders = aNoisePlane(Math.ceil(side / 4), Math.ceil(side / 4) + 2, { seed: side });
    const [mask, plain] = [
      createBlendMask(canvas, occluders, 4),
      plainBlendMask(canvas, occluders, 4),
    ];
    assertClose(mask.alpha, plain.alpha, 1e-4);
    assertClose(mask.border.data, plain.border.data, 1e-4);
  });
}

test("what stands before the face hides it, and nothing is shown outside of it", () => {
  const canvas = aCanvas(80);
  const all = createBlendMask(canvas, aNoisePlane(8, 9, { seed: 1, low: 1, high: 1 }), 10);
  assert.equal(Math.max(...all.alpha), 0);
  const none = createBlendMask(canvas, aNoisePlane(8, 9, { seed: 1, low: 0, high: 0 }), 10);
  const { triangle } = canvas.raster;
  none.alpha.forEach((share, i) => {
    if (triangle[i]! < 0) assert.equal(share, 0);
  });
  assert.equal(none.alpha[40 * 80 + 40], 1);
});
