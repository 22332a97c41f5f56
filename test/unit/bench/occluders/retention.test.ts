import assert from "node:assert/strict";
import test from "node:test";
import { faceLength } from "../../../../bench/metrics/mesh-measures.ts";
import { drawThickGlasses, drawThinGlasses } from "../../../../bench/occluders/draw-glasses.ts";
import { drawHair } from "../../../../bench/occluders/draw-hair.ts";
import { drawHand } from "../../../../bench/occluders/draw-hand.ts";
import { drawMask } from "../../../../bench/occluders/draw-mask.ts";
import { drawMicrophone } from "../../../../bench/occluders/draw-microphone.ts";
import { faceFrame } from "../../../../bench/occluders/face-frame.ts";
import { compositeLayer, createLayer } from "../../../../bench/occluders/layer.ts";
import { measureRetention } from "../../../../bench/occluders/retention.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm] = (await foundPortraits("calm")) as [FoundPortrait];
const { mesh } = calm.face;

const DRAWN = { drawHand, drawHair, drawThinGlasses, drawThickGlasses, drawMicrophone, drawMask };

function over(draw: (typeof DRAWN)[keyof typeof DRAWN], seed = 0) {
  const layer = createLayer(calm.picture);
  draw(layer, faceFrame(calm.picture, mesh, seed));
  return { layer, composite: compositeLayer(calm.picture, layer) };
}

/** A picture moved to the right by whole pixels. */
function moved({ width, height, data }: Picture, by: number): Picture {
  const out = data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = by; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        out[3 * (y * width + x) + c] = data[3 * (y * width + x - by) + c]!;
      }
    }
  }
  return { width, height, data: out };
}

for (const [name, draw] of Object.entries(DRAWN)) {
  test(`${name} is kept wholly where nothing changed, and not where the bare face came back`, () => {
    const { layer, composite } = over(draw);
    const scene = { layer, mesh };
    const same = measureRetention(composite, composite, scene);
    assert.deepEqual([same.kept, same.replaced], [1, 0]);
    assert.ok(same.pixels > 20, `${same.pixels} opaque pixels on the face`);
    const gone = measureRetention(calm.picture, composite, scene).kept;
    assert.ok(gone < 0.55, `${gone}`);
  });

  test(`${name} is the same for the same variant and another for the next`, () => {
    assert.deepEqual(over(draw, 3).composite.data, over(draw, 3).composite.data);
    assert.notDeepEqual(over(draw, 3).composite.data, over(draw, 4).composite.data);
  });
}

test("a thing that moved by less than a hundredth of the face is kept; one that moved by a twentieth is not", () => {
  const { layer, composite } = over(drawThickGlasses);
  const kept = (by: number): number =>
    measureRetention(moved(composite, by), composite, { layer, mesh }).kept;
  assert.ok(kept(1) > 0.97, `${kept(1)}`);
  const far = Math.round(0.05 * faceLength(mesh));
  assert.ok(kept(far) < 0.8, `${kept(far)}`);
});

test("free skin that changed counts as replaced, the thing and its shadow do not", () => {
  const { layer, composite } = over(drawMicrophone);
  const data = composite.data.map((v, i) => {
    const at = Math.floor(i / 3);
    return layer.alpha[at]! > 0 || layer.light[at]! < 0.99 ? v : v ^ 32;
  });
  const { kept, replaced } = measureRetention({ ...composite, data }, composite, { layer, mesh });
  assert.equal(kept, 1);
  assert.ok(replaced > 0.95, `${replaced}`);
});
