import assert from "node:assert/strict";
import test from "node:test";
import { LIPS_INNER, LIPS_OUTER } from "../../../../src/fusion/face-regions.ts";
import { transferMakeup } from "../../../../src/fusion/features/transfer-makeup.ts";
import { outlineOf } from "../../../../src/fusion/skin/face-zones.ts";
import { fillPolygon } from "../../../../src/imaging/fill-polygon.ts";
import { createPlane, type Plane } from "../../../../src/imaging/plane.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];

function lipsOn(
  mesh: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Plane {
  const lips = createPlane(width, height);
  fillPolygon(lips, outlineOf(mesh, LIPS_OUTER));
  fillPolygon(lips, outlineOf(mesh, LIPS_INNER), 0);
  return lips;
}

function meanUnder(mask: Plane, rgb: ArrayLike<number>): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (const [i, inside] of mask.data.entries()) {
    if (inside === 0) continue;
    for (let c = 0; c < 3; c++) sum[c]! += rgb[3 * i + c]!;
    count++;
  }
  return sum.map((v) => v / count) as [number, number, number];
}

/** The template with lips of a colour. */
function withLipstick(portrait: FoundPortrait, [r, g, b]: readonly [number, number, number]) {
  const lips = lipsOn(portrait.face.mesh, portrait.picture);
  return repainted(portrait, (rgb, x, y) => {
    if (lips.data[y * lips.width + x] === 0) return rgb;
    const light = (rgb[0] + rgb[1] + rgb[2]) / 400;
    return [r * light, g * light, b * light];
  });
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((v, c) => v - b[c]!));

test("make-up brings the template's lipstick over, whatever its colour, and leaves the cheeks' light", async () => {
  for (const lipstick of [
    [150, 20, 60],
    [60, 40, 130],
  ] as const) {
    const work = await faceWorkUntil("restore-features", {
      template: withLipstick(calm, lipstick),
      user: smiling,
    });
    const { layer, topology } = work;
    const lips = lipsOn(layer.canvas.mesh, layer.canvas);
    const wanted = meanUnder(lips, layer.template);
    const before = layer.rgb.slice();
    transferMakeup(layer, topology.mirror);
    const [old, now] = [before, layer.rgb].map((rgb) => distance(meanUnder(lips, rgb), wanted));
    assert.ok(now! < 0.35 * old!, `distance to the lipstick: ${old} before, ${now} after`);
    // Far from every zone nothing changes: between the brows' height and the hairline.
    const [fx, fy] = [layer.canvas.mesh[3 * 151]!, layer.canvas.mesh[3 * 151 + 1]!];
    const at = 3 * (Math.floor(fy) * layer.canvas.width + Math.floor(fx));
    assert.deepEqual(layer.rgb.slice(at, at + 3), before.slice(at, at + 3));
  }
});

test("the step runs only where it is asked for", async () => {
  const scene = { template: withLipstick(calm, [150, 20, 60]), user: smiling };
  const plain = await faceWorkUntil("transfer-makeup", scene);
  const made = await faceWorkUntil("transfer-makeup", scene, { transferMakeup: true });
  const without = await faceWorkUntil("restore-features", scene);
  assert.deepEqual(plain.layer.rgb, without.layer.rgb);
  assert.notDeepEqual(made.layer.rgb, without.layer.rgb);
});
