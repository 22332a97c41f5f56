import type { Conversion } from "./conversion.ts";
import type { TfliteOperator } from "./tflite-model.ts";

/** Converts RESHAPE. The second axis of a rank-3 result is inferred, so graphs of free input size work. */
export function convertReshape(conversion: Conversion, operator: TfliteOperator): void {
  const [input, output] = [operator.inputs[0]!, operator.outputs[0]!];
  const shape = conversion.shape(output);
  const target = shape.length === 3 ? [shape[0]!, -1, shape[2]!] : [...shape];
  const value = conversion.graph.node("Reshape", [
    conversion.valueInSourceOrder(input),
    conversion.graph.integers(target),
  ]);
  conversion.setValueInSourceOrder(output, value);
}

/** Converts CONCATENATION; in rank 4 along any axis of NHWC. */
export function convertConcatenation(conversion: Conversion, operator: TfliteOperator): void {
  const rank = conversion.shape(operator.outputs[0]!).length;
  const axis = ((operator.options?.int32(0) ?? 0) + rank) % rank;
  const value = conversion.graph.node(
    "Concat",
    operator.inputs.map((index) => conversion.value(index)),
    { axis: { int: rank === 4 ? CHANNELS_FIRST[axis]! : axis } },
  );
  conversion.setValue(operator.outputs[0]!, value);
}

/** Where each NHWC axis is in NCHW. */
const CHANNELS_FIRST = [0, 2, 3, 1];

/** Converts PAD of a rank-4 tensor with zeros. */
export function convertPad(conversion: Conversion, operator: TfliteOperator): void {
  const amounts = conversion.numbers(operator.inputs[1]!);
  const order = [0, 3, 1, 2];
  const before = order.map((axis) => amounts[2 * axis]!);
  const after = order.map((axis) => amounts[2 * axis + 1]!);
  const value = conversion.graph.node("Pad", [
    conversion.value(operator.inputs[0]!),
    conversion.graph.integers([...before, ...after]),
  ]);
  conversion.setValue(operator.outputs[0]!, value);
}

/** Converts RESIZE_BILINEAR by its ratio of output to input, so graphs of free input size work. */
export function convertResize(conversion: Conversion, operator: TfliteOperator): void {
  const from = conversion.shape(operator.inputs[0]!);
  const to = conversion.shape(operator.outputs[0]!);
  const isAligned = operator.options?.uint8(2) === 1;
  const isHalfPixel = operator.options?.uint8(3) === 1;
  const mode = isAligned ? "align_corners" : isHalfPixel ? "half_pixel" : "asymmetric";
  const scales = [1, 1, to[1]! / from[1]!, to[2]! / from[2]!];
  const value = conversion.graph.node(
    "Resize",
    [conversion.value(operator.inputs[0]!), "", conversion.graph.floats(scales, [4])],
    { mode: { text: "linear" }, coordinate_transformation_mode: { text: mode } },
  );
  conversion.setValue(operator.outputs[0]!, value);
}

/** Converts STRIDED_SLICE that takes the whole tensor, the only use in our models. */
export function convertWholeSlice(conversion: Conversion, operator: TfliteOperator): void {
  const [input, output] = [operator.inputs[0]!, operator.outputs[0]!];
  if (conversion.shape(input).join() !== conversion.shape(output).join()) {
    throw new RangeError("Only a slice of the whole tensor is supported.");
  }
  conversion.setValue(output, conversion.value(input));
}

/** Converts DEQUANTIZE of a half-precision constant: the widened numbers take its place. */
export function convertDequantize(conversion: Conversion, operator: TfliteOperator): void {
  conversion.setConstant(operator.outputs[0]!, conversion.numbers(operator.inputs[0]!));
}
