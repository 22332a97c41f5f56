/** Times each kernel of kernels/ against the same loop in TypeScript: a kernel that gains little is not worth keeping. */
import { blendBack } from "../src/fusion/blend/blend-back.ts";
import { composeFace } from "../src/fusion/light/compose-face.ts";
import { averageBlocks } from "../src/imaging/average-blocks.ts";
import { boxBlur } from "../src/imaging/box-blur.ts";
import { distanceTransform } from "../src/imaging/distance-transform.ts";
import { guidedFilter } from "../src/imaging/guided-filter.ts";
import { rasterizeMesh } from "../src/imaging/mesh-raster.ts";
import { createMipmap, sampleUnderMesh } from "../src/imaging/mesh-sampler.ts";
import type { Picture } from "../src/imaging/picture.ts";
import { createPlane, planeFrom } from "../src/imaging/plane.ts";
import { sampleCrop } from "../src/imaging/sample-crop.ts";
import { aComposition } from "../test/support/compositions.ts";
import { plainAverageBlocks } from "./kernels/plain-average-blocks.ts";
import { plainBoxBlur } from "./kernels/plain-box-blur.ts";
import { plainCatmullRom } from "./kernels/plain-catmull-rom.ts";
import { plainComposeFace } from "./kernels/plain-compose-face.ts";
import { plainDistanceTransform } from "./kernels/plain-distance-transform.ts";
import { plainGuidedFilter } from "./kernels/plain-guided-filter.ts";
import { plainSampleBilinear } from "./kernels/plain-sample-bilinear.ts";
import { alignColumns } from "./scoreboard/table.ts";

const SIDE = 512;
const ROUNDS = 40;
const pattern = (i: number): number => (i * 7919 + (i >> 7) * 31) & 255;
const picture: Picture = {
  width: 2 * SIDE,
  height: 2 * SIDE,
  data: Uint8Array.from({ length: 12 * SIDE * SIDE }, (_, i) => pattern(i)),
};
const plane = planeFrom(SIDE, SIDE, pattern);

const drawn = [0, 0, 0, SIDE, 0, 0, SIDE, SIDE, 0, 0, SIDE, 0];
const triangles = [0, 1, 2, 0, 2, 3];
const raster = rasterizeMesh({ points: drawn, triangles, frontSign: 0 }, SIDE, SIDE);
const mipmap = createMipmap(picture, { x: 0, y: 0, width: SIDE, height: SIDE });
const points = drawn.map((v) => 10.3 + 0.6 * v);
const mesh = { triangles, drawn, mipmap, map: { points, stride: 3 } } as const;

const isDark = (i: number): boolean => pattern(i) < 4;
const cropToPicture = { a: 1.3, b: 0.1, c: -0.1, d: 1.3, tx: 20, ty: 90 };
const crop = { width: SIDE, height: SIDE, cropToPicture, range: [0, 1] } as const;
const scene = aComposition({ width: SIDE, height: SIDE, cellPx: 7 }, 1);

const rgb = new Float64Array(3);
const levels = new Float32Array(3 * SIDE * SIDE);
const cases: readonly (readonly [name: string, kernel: () => void, plain: () => void])[] = [
  ["average blocks of 8", () => averageBlocks(picture, 8), () => plainAverageBlocks(picture, 8)],
  ["box blur, 1 pass", () => boxBlur(plane, 5), () => plainBoxBlur(plane, 5)],
  ["box blur, 3 passes", () => boxBlur(plane, 5, 3), () => plainBoxBlur(plane, 5, 3)],
  ["enlarge under a mesh", () => sampleUnderMesh(raster, mesh, { isRgb: true }), plainEnlarge],
  ["blend back", blend, plainMove],
  ["guided filter", () => guidedFilter(plane, 5, 100), () => plainGuidedFilter(plane, 5, 100)],
  [
    "distance transform",
    () => distanceTransform(plane, isDark),
    () => plainDistanceTransform(plane, isDark),
  ],
  ["crop, enlarged", () => sampleCrop(picture, crop), () => plainSampleBilinear(picture, crop)],
  ["compose a face", () => composeFace(scene), () => plainComposeFace(scene)],
];

const rows = cases.map(([name, kernel, plain]) => {
  const [fast, slow] = [fastest(kernel), fastest(plain)];
  return [name, fast.toFixed(2), slow.toFixed(2), (slow / fast).toFixed(1)];
});
console.log(alignColumns([["512 x 512", "kernel ms", "plain ms", "gain"], ...rows]));

function fastest(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function plainEnlarge(): void {
  for (let i = 0; i < SIDE * SIDE; i++) {
    plainCatmullRom(picture, 10.3 + 0.6 * (i % SIDE), 10.3 + 0.6 * Math.floor(i / SIDE), rgb);
    levels.set(rgb, 3 * i);
  }
}

/** Moves the background without any face: the part of the step that resamples. */
function plainMove(): void {
  for (let i = 0; i < SIDE * SIDE; i++) {
    plainCatmullRom(picture, (i % SIDE) + 1.3, Math.floor(i / SIDE) + 0.7, rgb);
    levels.set(rgb, 3 * i);
  }
}

function blend(): void {
  const nodes = [SIDE / 8 + 2, SIDE / 8 + 2] as const;
  const area = { x: 8, y: 8, width: 8, height: 8 };
  const empty = new Float32Array(3 * 64);
  const canvas = { area, width: 8, height: 8 };
  const layer = { canvas, rgb: empty, template: empty } as unknown as Parameters<
    typeof blendBack
  >[1];
  blendBack(
    picture,
    layer,
    { alpha: new Float32Array(64), border: createPlane(8, 8) },
    {
      ...{ region: { x: 0, y: 0, width: SIDE, height: SIDE }, stepPx: 8 },
      ...{ dx: createPlane(...nodes, 1.3), dy: createPlane(...nodes, 0.7) },
    },
  );
}
