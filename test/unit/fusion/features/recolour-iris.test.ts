import assert from "node:assert/strict";
import test from "node:test";
import { MESH_POINTS } from "../../../../src/faces/face.ts";
import type { FaceLayer } from "../../../../src/fusion/face-layer.ts";
import { EYES } from "../../../../src/fusion/face-regions.ts";
import { recolourIris } from "../../../../src/fusion/features/recolour-iris.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";
import { createPlane } from "../../../../src/imaging/plane.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";

type Colour = readonly [number, number, number];

const AREA = { x: 0, y: 0, width: 80, height: 40 };
const CENTRES = [20, 60] as const;
const ROW = 20;
const RADIUS = 9;
const BROWN: Colour = [96, 66, 48];

/** Puts both irises of a mesh at fixed places. */
function placeIrises(mesh: Float32Array): Float32Array {
  for (const [n, { iris }] of EYES.entries()) {
    const [centre, ...rim] = iris as [number, ...number[]];
    mesh.set([CENTRES[n]!, ROW, 0], 3 * centre);
    for (const [k, i] of rim.entries()) {
      const angle = (k * Math.PI) / 2;
      const [x, y] = [CENTRES[n]! + RADIUS * Math.cos(angle), ROW + RADIUS * Math.sin(angle)];
      mesh.set([x, y, 0], 3 * i);
    }
  }
  return mesh;
}

/** A photo whose left half has one colour and whose right half another. */
function halves(left: Colour, right: Colour): Picture {
  const { width, height } = AREA;
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.set(i % width < width / 2 ? left : right, 3 * i);
  return { width, height, data };
}

/** Colours in the middle of both irises of a brown-eyed template after a user's came in. */
function recoloured(left: Colour, right: Colour): [Colour, Colour] {
  const layer: FaceLayer = aFaceLayer({ area: AREA, scale: 300, colourAt: () => BROWN });
  placeIrises(layer.canvas.mesh);
  const interior = { x: 0, y: 0, plane: createPlane(AREA.width, AREA.height, 1) };
  for (const eye of EYES) {
    recolourIris(layer, {
      ...{ eye, interior, user: halves(left, right) },
      userMesh: placeIrises(new Float32Array(3 * MESH_POINTS)),
      shiftAt: () => [0, 0, 0],
    });
  }
  return CENTRES.map((x) => {
    const at = 3 * (ROW * AREA.width + x);
    return [layer.rgb[at]!, layer.rgb[at + 1]!, layer.rgb[at + 2]!] as const;
  }) as [Colour, Colour];
}

test("a brown iris turns blue for a blue-eyed user", () => {
  const [[r, , b]] = recoloured([90, 120, 150], [90, 120, 150]);
  assert.ok(b > r, `${r} ${b}`);
});

test("both irises get one colour where one eye of the photo lies in the shade", () => {
  const [left, right] = recoloured([66, 76, 78], [98, 112, 120]);
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(left[c]! - right[c]!) < 1, `${left} ${right}`);
});

test("eyes of two colours stay of two colours", () => {
  const [left, right] = recoloured([110, 70, 40], [90, 130, 170]);
  assert.ok(left[0] - left[2] > right[0] - right[2] + 40, `${left} ${right}`);
});
