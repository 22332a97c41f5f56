import { boxBlur } from "../../imaging/box-blur.ts";
import type { Plane } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import { addLuma, type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";

/** Two detail bands of a luma plane: pixel-scale (blur, grain, compression) and the next coarser one. */
interface Bands {
  readonly fine: Float32Array;
  readonly coarse: Float32Array;
}

/**
 * Gives the face the sharpness and grain of the template around it: equalises the energy of two luma bands to that of
 * the template's own face, where the blend mask's `alpha` shows the fused one. `aim` multiplies the fine energy's target (1 = as the template).
 */
export function matchSharpness(layer: FaceLayer, alpha: Float32Array, aim: number): void {
  const { canvas } = layer;
  const radius = Math.max(2, Math.round(0.012 * faceScale(canvas.mesh)));
  const own = bandsOf(lumaOf(layer.rgb, canvas), radius);
  const given = bandsOf(layer.plainLuma, radius);
  const fineGain = clamp(
    Math.sqrt(energy(alpha, given.fine) / Math.max(energy(alpha, own.fine), 1e-3)) * aim,
    0.35,
    2.2,
  );
  const coarseRatio = energy(alpha, given.coarse) / Math.max(energy(alpha, own.coarse), 1e-3);
  const coarseGain = clamp(coarseRatio ** 0.35, 0.7, 1.35);
  addLuma(
    layer,
    (i) =>
      clamp((fineGain - 1) * own.fine[i]!, -18, 18) +
      clamp((coarseGain - 1) * own.coarse[i]!, -14, 14),
  );
}

function bandsOf(luma: Plane, radius: number): Bands {
  const near = boxBlur(luma, 1);
  const far = boxBlur(luma, radius);
  const fine = new Float32Array(luma.data.length);
  const coarse = new Float32Array(luma.data.length);
  for (let i = 0; i < fine.length; i++) {
    fine[i] = luma.data[i]! - near.data[i]!;
    coarse[i] = near.data[i]! - far.data[i]!;
  }
  return { fine, coarse };
}

/** Mean square of a band where the fused face is seen: not under the template's hair, glasses or hands. */
function energy(alpha: Float32Array, band: Float32Array): number {
  let sum = 0;
  let count = 1;
  for (let i = 0; i < band.length; i++) {
    if (alpha[i]! < 0.6) continue;
    sum += band[i]! * band[i]!;
    count++;
  }
  return sum / count;
}
