import type { Conversion } from "./conversion.ts";
import { readFlexMap } from "./flexbuffer.ts";
import type { TfliteOperator } from "./tflite-model.ts";

/*
 * MediaPipe's three custom operators, second version. Their meaning is taken from the Apache-2.0 sources
 * mediapipe/util/tflite/operations/*.cc; points are rows here, so a matrix acts from the right, transposed.
 */

/**
 * Converts Landmarks2TransformMatrix: from landmarks [1, n, 3] the 4x4 matrix that maps an upright output
 * grid onto the box around a subset of them, where the box is turned with the line between two landmarks.
 * That is shift(centre) * rotate(-r) * scale(box / grid) * shift(-grid / 2), r = target - angle of the line.
 */
export function convertLandmarksToMatrix(conversion: Conversion, operator: TfliteOperator): void {
  const { graph } = conversion;
  const options = readMatrixOptions(operator);
  const points = firstTwo(conversion, conversion.value(operator.inputs[0]!), 2);
  const turn = rotationTransposed(conversion, points, options);
  const rotated = graph.node("MatMul", [pick(conversion, points, options.subset), turn]);
  const high = graph.node("ReduceMax", [rotated], { axes: { ints: [1] } });
  const low = graph.node("ReduceMin", [rotated], { axes: { ints: [1] } });
  const middle = graph.node("Mul", [graph.node("Add", [high, low]), graph.floats([0.5], [1])]);
  const centre = graph.node("MatMul", [middle, transposed(conversion, turn)]);
  const perCell = graph.floats(
    [options.scaleX / options.width, options.scaleY / options.height],
    [1, 1, 2],
  );
  const cell = graph.node("Mul", [graph.node("Sub", [high, low]), perCell]);
  const linear = graph.node("Mul", [turn, cell]);
  const half = graph.floats([options.width / 2, options.height / 2], [1, 1, 2]);
  const back = graph.node("MatMul", [half, transposed(conversion, linear)]);
  const shift = graph.node("Sub", [centre, back]);
  conversion.setValue(operator.outputs[0]!, matrixOf(conversion, linear, shift));
}

/**
 * Converts TransformTensorBilinear: samples a picture at M (x + .5, y + .5) - .5 for each cell of the
 * output grid; a point outside of the outermost pixel centres gives 0, not a mixture with 0.
 */
export function convertTransformTensor(conversion: Conversion, operator: TfliteOperator): void {
  const { graph } = conversion;
  const [picture, matrix] = operator.inputs as [number, number];
  const [, height, width] = conversion.shape(picture) as [number, number, number, number];
  const [, rows, columns] = conversion.shape(operator.outputs[0]!) as [number, number, number];
  const cells = Array.from({ length: rows * columns }, (_, i) => [
    (i % columns) + 0.5,
    Math.floor(i / columns) + 0.5,
  ]).flat();
  const grid = graph.floats(cells, [1, rows * columns, 2]);
  const places = transformPoints(conversion, grid, conversion.value(matrix));
  // GridSample with aligned corners wants -1 and 1 at the outermost pixel centres.
  const steps = graph.floats([2 / (width - 1), 2 / (height - 1)], [1, 1, 2]);
  const offset = graph.floats([-1 - 1 / (width - 1), -1 - 1 / (height - 1)], [1, 1, 2]);
  const relative = graph.node("Add", [graph.node("Mul", [places, steps]), offset]);
  const reach = graph.node("ReduceMax", [graph.node("Abs", [relative])], { axes: { ints: [2] } });
  const isInside = graph.node("LessOrEqual", [reach, graph.floats([1], [1])]);
  const farAway = graph.floats([9], [1]);
  const wanted = graph.node("Where", [isInside, relative, farAway]);
  const shaped = graph.node("Reshape", [wanted, graph.integers([1, rows, columns, 2])]);
  const sampled = graph.node("GridSample", [conversion.value(picture), shaped], {
    mode: { text: "bilinear" },
    padding_mode: { text: "zeros" },
    align_corners: { int: 1 },
  });
  conversion.setValue(operator.outputs[0]!, sampled);
}

/** Converts TransformLandmarks for points [1, n, 2]: the upper 2x2 of the matrix, then its last column. */
export function convertTransformLandmarks(conversion: Conversion, operator: TfliteOperator): void {
  const [points, matrix] = operator.inputs as [number, number];
  const moved = transformPoints(conversion, conversion.value(points), conversion.value(matrix));
  conversion.setValue(operator.outputs[0]!, moved);
}

/** What Landmarks2TransformMatrix is told. */
interface MatrixOptions {
  readonly left: number;
  readonly right: number;
  readonly subset: readonly number[];
  readonly targetRad: number;
  readonly width: number;
  readonly height: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

function readMatrixOptions(operator: TfliteOperator): MatrixOptions {
  const map = readFlexMap(operator.customOptions);
  const number = (key: string): number => {
    const value = map.get(key);
    if (typeof value !== "number") throw new RangeError(`${operator.name} lacks ${key}.`);
    return value;
  };
  const subset = map.get("subset_idxs");
  if (!Array.isArray(subset)) throw new RangeError(`${operator.name} lacks subset_idxs.`);
  return {
    left: number("left_rotation_idx"),
    right: number("right_rotation_idx"),
    subset,
    targetRad: number("target_rotation_radians"),
    width: number("output_width"),
    height: number("output_height"),
    scaleX: number("scale_x"),
    scaleY: number("scale_y"),
  };
}

/** [[cos r, sin r], [-sin r, cos r]] from the unit vector of the line: no inverse tangent is needed. */
function rotationTransposed(
  conversion: Conversion,
  points: string,
  options: MatrixOptions,
): string {
  const { graph } = conversion;
  const [left, right] = [options.left, options.right].map((i) => pick(conversion, points, [i]));
  const line = graph.node("Sub", [right!, left!]);
  const length = graph.node("ReduceL2", [line], { axes: { ints: [2] } });
  const tiny = graph.floats([1e-12], [1]);
  const direction = graph.node("Div", [line, graph.node("Max", [length, tiny])]);
  const c = Math.cos(options.targetRad);
  const s = Math.sin(options.targetRad);
  const spread = graph.floats([c, s, -s, c, s, -c, c, s], [1, 2, 4]);
  const row = graph.node("MatMul", [direction, spread]);
  return graph.node("Reshape", [row, graph.integers([1, 2, 2])]);
}

function transformPoints(conversion: Conversion, points: string, matrix: string): string {
  const { graph } = conversion;
  const rows = firstTwo(conversion, matrix, 1);
  const linear = firstTwo(conversion, rows, 2);
  const column = slice(conversion, rows, { from: 3, to: 4, axis: 2 });
  const turned = graph.node("MatMul", [points, transposed(conversion, linear)]);
  return graph.node("Add", [turned, transposed(conversion, column)]);
}

/** Joins a 2x2 part and a shift (a row) to a 4x4 matrix. */
function matrixOf(conversion: Conversion, linear: string, shift: string): string {
  const { graph } = conversion;
  const zeros = graph.floats([0, 0], [1, 2, 1]);
  const columns = [linear, zeros, transposed(conversion, shift)];
  const upper = graph.node("Concat", columns, { axis: { int: 2 } });
  const lower = graph.floats([0, 0, 1, 0, 0, 0, 0, 1], [1, 2, 4]);
  return graph.node("Concat", [upper, lower], { axis: { int: 1 } });
}

function pick(conversion: Conversion, points: string, indices: readonly number[]): string {
  const wanted = conversion.graph.integers(indices);
  return conversion.graph.node("Gather", [points, wanted], { axis: { int: 1 } });
}

function firstTwo(conversion: Conversion, value: string, axis: number): string {
  return slice(conversion, value, { from: 0, to: 2, axis });
}

function slice(
  conversion: Conversion,
  value: string,
  part: { readonly from: number; readonly to: number; readonly axis: number },
): string {
  const { graph } = conversion;
  const bounds = [part.from, part.to, part.axis].map((number) => graph.integers([number]));
  return graph.node("Slice", [value, ...bounds]);
}

function transposed(conversion: Conversion, value: string): string {
  return conversion.graph.node("Transpose", [value], { perm: { ints: [0, 2, 1] } });
}
