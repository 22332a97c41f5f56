import assert from "node:assert/strict";
import test from "node:test";
import type { FaceWork } from "../../../../src/fusion/fusion-work.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const portraits = (await foundPortraits("calm", "smiling")).map(doubled) as [
  FoundPortrait,
  FoundPortrait,
];
const [calm, smiling] = portraits;

/** Twice as large, each pixel a square of four: wires and hairs are told on faces from 140 px only. */
function doubled({ picture, face }: FoundPortrait): FoundPortrait {
  const { width, height } = picture;
  const data = new Uint8Array(4 * picture.data.length);
  for (let i = 0; i < 4 * width * height; i++) {
    const from = 3 * ((i >> 1) % width) + 3 * width * Math.floor(i / (4 * width));
    data.set(picture.data.subarray(from, from + 3), 3 * i);
  }
  const { x, y, width: w, height: h } = face.box;
  const box = { x: 2 * x, y: 2 * y, width: 2 * w, height: 2 * h };
  return {
    picture: { width: 2 * width, height: 2 * height, data },
    face: { ...face, box, mesh: face.mesh.map((v) => 2 * v) },
  };
}

function at(point: number): [number, number] {
  return [smiling.face.mesh[3 * point]!, smiling.face.mesh[3 * point + 1]!];
}

/** Share of the window's cells that show the template where a test says so, and where it does not. */
async function shares(template: FoundPortrait, isThing: (x: number, y: number) => boolean) {
  const work = await faceWorkUntil("map-skin", { template, user: calm });
  const { plane, cellPx } = work.front;
  const [thing, rest] = [[] as number[], [] as number[]];
  for (let i = 0; i < plane.data.length; i++) {
    const at = pictureAt(work, (i % plane.width) * cellPx, Math.floor(i / plane.width) * cellPx);
    if (!at) continue;
    (isThing(...at) ? thing : rest).push(plane.data[i]!);
  }
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  return { thing: mean(thing), rest: mean(rest) };
}

/** Where in the template picture a covered pixel of the canvas comes from. */
function pictureAt(
  { canvas, topology, pair }: FaceWork,
  x: number,
  y: number,
): [number, number] | undefined {
  const i = y * canvas.width + x;
  const triangle = canvas.raster.triangle[i]!;
  if (triangle < 0) return undefined;
  const [w0, w1] = [canvas.raster.weight0[i]!, canvas.raster.weight1[i]!];
  const corners = [0, 1, 2].map((k) => topology.triangles[3 * triangle + k]!);
  return [0, 1].map((k) =>
    [w0, w1, 1 - w0 - w1].reduce(
      (sum, weight, n) => sum + weight * pair.templateFace.mesh[3 * corners[n]! + k]!,
      0,
    ),
  ) as [number, number];
}

test("glasses of light wire without a bridge stay in front, and nothing else of the face", async () => {
  const [left, right] = [at(159), at(386)];
  const radius = 0.4 * Math.hypot(right[0] - left[0], right[1] - left[1]);
  const isWire = (x: number, y: number): boolean =>
    [left, right].some(
      ([cx, cy]) => Math.abs(Math.hypot(x - cx, (y - cy - 4) * 1.2) - radius) < 1.5,
    );
  const plain = await shares(smiling, isWire);
  assert.ok(plain.thing < 0.1, `without glasses: ${plain.thing}`);
  const wired = repainted(smiling, (rgb, x, y) => (isWire(x, y) ? [250, 246, 238] : rgb));
  const { thing, rest } = await shares(wired, isWire);
  assert.ok(thing > 0.8, `wire: ${thing}`);
  assert.ok(rest < plain.rest + 0.08, `face: ${rest}, was ${plain.rest}`);
});

test("a strand of hair stays in front over brow and cheek, and so thin that skin beside it is replaced", async () => {
  const [[x0, y0], [x1, y1]] = [at(109), at(205)];
  const isStrand = (x: number, y: number): boolean => {
    const share = (y - y0) / (y1 - y0);
    return share > -0.2 && share < 1 && Math.abs(x - x0 - share * (x1 - x0)) < 1.6;
  };
  const plain = await shares(smiling, isStrand);
  assert.ok(plain.thing < 0.3, `without hair: ${plain.thing}`);
  const crossed = repainted(smiling, (rgb, x, y) => (isStrand(x, y) ? [34, 26, 24] : rgb));
  const { thing, rest } = await shares(crossed, isStrand);
  assert.ok(thing > 0.75, `strand: ${thing}`);
  assert.ok(rest < plain.rest + 0.05, `face: ${rest}, was ${plain.rest}`);
});
