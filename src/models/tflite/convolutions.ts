import type { Attribute } from "../onnx/graph-builder.ts";
import type { Conversion } from "./conversion.ts";
import { applyFusedActivation } from "./elementwise.ts";
import type { TfliteOperator } from "./tflite-model.ts";

/** Window of a convolution or pooling; field numbers are those of the TFLite schema. */
interface Window {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly isSame: boolean;
  readonly input: readonly number[];
}

/** Converts CONV_2D: weights OHWI to OIHW, SAME padding to explicit pads. */
export function convertConvolution(conversion: Conversion, operator: TfliteOperator): void {
  const [input, weights, bias] = operator.inputs as [number, number, number];
  const [outputs, height, width, inputs] = conversion.shape(weights);
  const window = readWindow(conversion, operator, [height!, width!]);
  const kernel = reorder(conversion.numbers(weights), [outputs!, height!, width!, inputs!]);
  const value = conversion.graph.node(
    "Conv",
    [
      conversion.value(input),
      conversion.graph.floats(kernel, [outputs!, inputs!, height!, width!]),
      conversion.graph.floats(conversion.numbers(bias), [outputs!]),
    ],
    windowAttributes(window),
  );
  const activation = operator.options?.uint8(3) ?? 0;
  conversion.setValue(operator.outputs[0]!, applyFusedActivation(conversion, value, activation));
}

/** Converts DEPTHWISE_CONV_2D: weights 1HWC to C1HW with one group per input channel. */
export function convertDepthwise(conversion: Conversion, operator: TfliteOperator): void {
  const [input, weights, bias] = operator.inputs as [number, number, number];
  const [, height, width, channels] = conversion.shape(weights);
  const window = readWindow(conversion, operator, [height!, width!]);
  const kernel = reorder(conversion.numbers(weights), [1, height!, width!, channels!]);
  const value = conversion.graph.node(
    "Conv",
    [
      conversion.value(input),
      conversion.graph.floats(kernel, [channels!, 1, height!, width!]),
      conversion.graph.floats(conversion.numbers(bias), [channels!]),
    ],
    { ...windowAttributes(window), group: { int: conversion.shape(input)[3]! } },
  );
  const activation = operator.options?.uint8(4) ?? 0;
  conversion.setValue(operator.outputs[0]!, applyFusedActivation(conversion, value, activation));
}

/** Converts MAX_POOL_2D. */
export function convertMaxPool(conversion: Conversion, operator: TfliteOperator): void {
  const kernel = [operator.options?.int32(4) ?? 1, operator.options?.int32(3) ?? 1] as const;
  const window = readWindow(conversion, operator, kernel);
  const value = conversion.graph.node("MaxPool", [conversion.value(operator.inputs[0]!)], {
    ...windowAttributes(window),
  });
  const activation = operator.options?.uint8(5) ?? 0;
  conversion.setValue(operator.outputs[0]!, applyFusedActivation(conversion, value, activation));
}

/** Padding and strides have the same field numbers in all three option tables; dilation is never used. */
function readWindow(
  conversion: Conversion,
  operator: TfliteOperator,
  kernel: readonly [number, number],
): Window {
  return {
    kernel,
    stride: [operator.options?.int32(2) ?? 1, operator.options?.int32(1) ?? 1],
    isSame: operator.options?.uint8(0) === 0,
    input: conversion.shape(operator.inputs[0]!).slice(1, 3),
  };
}

function windowAttributes(window: Window): Record<string, Attribute> {
  const pads = [0, 1].map((axis) => (window.isSame ? samePadding(window, axis) : [0, 0]));
  return {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.stride },
    pads: { ints: [pads[0]![0]!, pads[1]![0]!, pads[0]![1]!, pads[1]![1]!] },
  };
}

/** TensorFlow's SAME rule: as much as makes ceil(input / stride) outputs, the odd pixel at the end. */
function samePadding(window: Window, axis: number): number[] {
  const input = window.input[axis]!;
  const stride = window.stride[axis]!;
  const outputs = Math.ceil(input / stride);
  const total = Math.max((outputs - 1) * stride + window.kernel[axis]! - input, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Reorders [a, h, w, b] weights to [a, b, h, w]; for depthwise weights a is 1 and b the channels. */
function reorder(
  source: Float32Array,
  dims: readonly [number, number, number, number],
): Float32Array {
  const [a, h, w, b] = dims;
  const target = new Float32Array(source.length);
  for (let i = 0; i < a; i++) {
    for (let pixel = 0; pixel < h * w; pixel++) {
      for (let j = 0; j < b; j++) {
        target[(i * b + j) * h * w + pixel] = source[(i * h * w + pixel) * b + j]!;
      }
    }
  }
  return target;
}
