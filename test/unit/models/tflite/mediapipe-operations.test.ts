import assert from "node:assert/strict";
import test from "node:test";
import { GraphBuilder } from "../../../../src/models/onnx/graph-builder.ts";
import { Conversion } from "../../../../src/models/tflite/conversion.ts";
import { type FlexValue, readFlexMap } from "../../../../src/models/tflite/flexbuffer.ts";
import {
  convertLandmarksToMatrix,
  convertTransformLandmarks,
  convertTransformTensor,
} from "../../../../src/models/tflite/mediapipe-operations.ts";
import {
  readTfliteModel,
  type TfliteModel,
  type TfliteOperator,
} from "../../../../src/models/tflite/tflite-model.ts";
import { modelSource } from "../../../support/model-sources.ts";
import { createRandom } from "../../../support/random.ts";
import { runOnnx, type Values } from "../../../support/run-onnx.ts";

/*
 * The operators' documented meaning, written down the plain way in double precision: angles with atan2,
 * points one by one. Differences of 32-bit arithmetic stay below the tolerances given.
 */

/** What Landmarks2TransformMatrix gives, row by row. */
function naiveMatrix(points: Float32Array, options: Map<string, FlexValue>): number[] {
  const option = (key: string): number => options.get(key) as number;
  const at = (i: number): [number, number] => [points[3 * i]!, points[3 * i + 1]!];
  const left = at(option("left_rotation_idx"));
  const right = at(option("right_rotation_idx"));
  const angle =
    option("target_rotation_radians") - Math.atan2(right[1] - left[1], right[0] - left[0]);
  const turn = ([x, y]: [number, number], by: number): [number, number] => [
    x * Math.cos(by) - y * Math.sin(by),
    x * Math.sin(by) + y * Math.cos(by),
  ];
  const turned = (options.get("subset_idxs") as readonly number[]).map((i) => turn(at(i), angle));
  const xs = turned.map(([x]) => x);
  const ys = turned.map(([, y]) => y);
  const size = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)] as const;
  const middle: [number, number] = [
    (Math.max(...xs) + Math.min(...xs)) / 2,
    (Math.max(...ys) + Math.min(...ys)) / 2,
  ];
  const centre = turn(middle, -angle);
  const width = option("output_width");
  const height = option("output_height");
  const sx = (option("scale_x") * size[0]) / width;
  const sy = (option("scale_y") * size[1]) / height;
  // Columns: where the grid's axes go; then where its corner goes.
  const ax = turn([sx, 0], -angle);
  const ay = turn([0, sy], -angle);
  const tx = centre[0] - (ax[0] * width) / 2 - (ay[0] * height) / 2;
  const ty = centre[1] - (ax[1] * width) / 2 - (ay[1] * height) / 2;
  return [ax[0], ay[0], 0, tx, ax[1], ay[1], 0, ty, 0, 0, 1, 0, 0, 0, 0, 1];
}

/** What TransformTensorBilinear gives for an NCHW picture. */
function naiveSamples(picture: Values, matrix: readonly number[], side: number): number[] {
  const [, channels, height, width] = picture.dims as [number, number, number, number];
  const read = (c: number, y: number, x: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : picture.data[(c * height + y) * width + x]!;
  const samples: number[] = [];
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const gx = column + 0.5;
        const gy = row + 0.5;
        const x = matrix[0]! * gx + matrix[1]! * gy + matrix[3]! - 0.5;
        const y = matrix[4]! * gx + matrix[5]! * gy + matrix[7]! - 0.5;
        const isOutside = x < 0 || y < 0 || x > width - 1 || y > height - 1;
        const [x0, y0] = [Math.floor(x), Math.floor(y)];
        const [fx, fy] = [x - x0, y - y0];
        const upper = read(c, y0, x0) * (1 - fx) + read(c, y0, x0 + 1) * fx;
        const lower = read(c, y0 + 1, x0) * (1 - fx) + read(c, y0 + 1, x0 + 1) * fx;
        samples.push(isOutside ? 0 : upper * (1 - fy) + lower * fy);
      }
    }
  }
  return samples;
}

/** Runs one converted operator alone. */
async function runOperator(
  convert: (conversion: Conversion, operator: TfliteOperator) => void,
  inputs: readonly Values[],
  output: { readonly shape: readonly number[]; readonly customOptions?: Uint8Array },
): Promise<Float32Array> {
  const graph = new GraphBuilder("operator");
  // Rank-4 inputs are handed over as NCHW, while a TFLite shape is NHWC.
  const shapes = inputs.map(({ dims: [n, c, h, w] }, i) =>
    inputs[i]!.dims.length === 4 ? [n!, h!, w!, c!] : inputs[i]!.dims,
  );
  const model: TfliteModel = {
    tensors: [...shapes, output.shape].map((shape, i) => ({
      name: `t${i}`,
      shape,
      type: "float32",
      data: new Uint8Array(),
    })),
    operators: [],
    inputs: inputs.map((_, i) => i),
    outputs: [inputs.length],
  };
  const conversion = new Conversion(graph, model);
  for (const [i, { dims }] of inputs.entries()) {
    conversion.setValue(i, graph.input(`t${i}`, dims));
  }
  convert(conversion, {
    name: "operator",
    inputs: model.inputs,
    outputs: model.outputs,
    options: undefined,
    customOptions: output.customOptions ?? new Uint8Array(),
  });
  const [n, h, w, c] = output.shape;
  const dims = output.shape.length === 4 ? [n!, c!, h!, w!] : output.shape;
  graph.output("out", conversion.value(inputs.length), dims);
  const feeds = Object.fromEntries(inputs.map((values, i) => [`t${i}`, values]));
  return (await runOnnx(graph.toModel(), feeds)).out!.data;
}

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    assert.ok(difference <= tolerance, `value ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

const model = readTfliteModel(await modelSource("faceMesh"));
const matrixOperators = model.operators.filter(({ name }) => name === "Landmarks2TransformMatrix");

/** A face-like cloud of points turned by an angle, px of the 48 px feature map. */
function makePoints(rollRad: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const points = new Float32Array(468 * 3);
  for (let i = 0; i < 468; i++) {
    const x = (random() - 0.5) * 30;
    const y = (random() - 0.5) * 36;
    points[3 * i] = 24 + x * Math.cos(rollRad) - y * Math.sin(rollRad);
    points[3 * i + 1] = 24 + x * Math.sin(rollRad) + y * Math.cos(rollRad);
    points[3 * i + 2] = random();
  }
  return points;
}

for (const [index, operator] of matrixOperators.entries()) {
  test(`crop matrix ${index + 1} of the attention mesh follows its landmarks at any roll`, async () => {
    for (const [seed, rollRad] of [0, 0.4, 1.7, 3.1, -2.4].entries()) {
      const points = makePoints(rollRad, seed + 1);
      const actual = await runOperator(
        convertLandmarksToMatrix,
        [{ data: points, dims: [1, 468, 3] }],
        { shape: [1, 4, 4], customOptions: operator.customOptions },
      );
      // Coordinates up to 48 with 24-bit mantissas, some ten operations deep.
      assertClose(actual, naiveMatrix(points, readFlexMap(operator.customOptions)), 1e-4);
    }
  });
}

test("sampling through a matrix interpolates inside and gives 0 beyond the outermost pixels", async () => {
  const random = createRandom(3);
  const picture = {
    data: Float32Array.from({ length: 3 * 12 * 10 }, () => random() * 4 - 2),
    dims: [1, 3, 12, 10],
  };
  // A turned grid that reaches over the border of the picture on every side.
  for (const matrix of [
    [0.9, -0.4, 0, 1.3, 0.35, 1.1, 0, -1.7, 0, 0, 1, 0, 0, 0, 0, 1],
    [1, 0, 0, 0.5, 0, 1, 0, -0.25, 0, 0, 1, 0, 0, 0, 0, 1],
  ]) {
    const actual = await runOperator(
      convertTransformTensor,
      [picture, { data: Float32Array.from(matrix), dims: [1, 4, 4] }],
      { shape: [1, 16, 16, 3] },
    );
    const expected = naiveSamples(picture, matrix, 16);
    assert.ok(expected.includes(0) && expected.some((value) => value !== 0));
    assertClose(actual, expected, 2e-5);
  }
});

test("landmarks move by the matrix's linear part and last column", async () => {
  const points = Float32Array.from([0, 0, 1, 0, 0, 1, 3, -2]);
  const matrix = Float32Array.from([2, -1, 9, 5, 0.5, 3, 9, -7, 9, 9, 9, 9, 9, 9, 9, 9]);
  const actual = await runOperator(
    convertTransformLandmarks,
    [
      { data: points, dims: [1, 4, 2] },
      { data: matrix, dims: [1, 4, 4] },
    ],
    { shape: [1, 4, 2] },
  );
  assertClose(actual, [5, -7, 7, -6.5, 4, -4, 13, -11.5], 1e-6);
});
