import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import {
  readNumbers,
  readTfliteModel,
  type TfliteModel,
  type TfliteOperator,
} from "../../src/models/tflite/tflite-model.ts";
import { ROOT } from "./source-modules.ts";

/**
 * Runs a TFLite model operator by operator on TensorFlow.js, in TFLite's own NHWC layout: an independent
 * runtime for the same weights. Operators that TensorFlow.js lacks, and what depends on them, are left out;
 * the result holds the outputs that could be computed, by name.
 */
export async function runTfliteOnTensorflow(
  bytes: Uint8Array,
  input: Float32Array,
): Promise<Record<string, Float32Array>> {
  setWasmPaths(`${path.join(ROOT, "node_modules/@tensorflow/tfjs-backend-wasm/dist")}/`);
  await tf.setBackend("wasm");
  const model = readTfliteModel(bytes);
  return tf.tidy(() => {
    const values = new Map<number, tf.Tensor>();
    for (const [index, tensor] of model.tensors.entries()) {
      if (tensor.data.length === 0) continue;
      values.set(index, tf.tensor(readNumbers(tensor), [...tensor.shape]));
    }
    values.set(model.inputs[0]!, tf.tensor(input, [...model.tensors[model.inputs[0]!]!.shape]));
    for (const operator of model.operators) {
      const inputs = operator.inputs.map((index) => values.get(index));
      if (inputs.includes(undefined)) continue;
      const result = RUN[operator.name]?.(inputs as tf.Tensor[], operator, model);
      if (result !== undefined) values.set(operator.outputs[0]!, result);
    }
    const known = model.outputs.filter((index) => values.has(index));
    return Object.fromEntries(
      known.map((index) => [
        model.tensors[index]!.name,
        values.get(index)!.dataSync() as Float32Array,
      ]),
    );
  });
}

type Run = (inputs: tf.Tensor[], operator: TfliteOperator, model: TfliteModel) => tf.Tensor;

const padding = (operator: TfliteOperator): "same" | "valid" =>
  operator.options?.uint8(0) === 1 ? "valid" : "same";
const strides = (operator: TfliteOperator): [number, number] => [
  operator.options?.int32(2) ?? 1,
  operator.options?.int32(1) ?? 1,
];
const activate = (value: tf.Tensor, code: number | undefined): tf.Tensor =>
  code === 1 ? tf.relu(value) : value;

const RUN: Readonly<Record<string, Run>> = {
  DEQUANTIZE: ([x]) => x!.clone(),
  CONV_2D: ([x, w, b], op) => {
    const kernel = tf.transpose(w as tf.Tensor4D, [1, 2, 3, 0]);
    const y = tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides(op), padding(op));
    return activate(tf.add(y, b!), op.options?.uint8(3));
  },
  DEPTHWISE_CONV_2D: ([x, w, b], op) => {
    const kernel = tf.transpose(w as tf.Tensor4D, [1, 2, 3, 0]) as tf.Tensor4D;
    const y = tf.depthwiseConv2d(x as tf.Tensor4D, kernel, strides(op), padding(op));
    return activate(tf.add(y, b!), op.options?.uint8(4));
  },
  MAX_POOL_2D: ([x], op) => {
    const size: [number, number] = [op.options!.int32(4), op.options!.int32(3)];
    return tf.maxPool(x as tf.Tensor4D, size, strides(op), padding(op));
  },
  ADD: ([x, y], op) => activate(tf.add(x!, y!), op.options?.uint8(0)),
  MUL: ([x, y], op) => activate(tf.mul(x!, y!), op.options?.uint8(0)),
  RELU: ([x]) => tf.relu(x!),
  PRELU: ([x, a]) => tf.prelu(x!, a!),
  PAD: ([x, amounts]) => {
    const pairs = Array.from(amounts!.dataSync());
    const pads = [0, 1, 2, 3].map((i): [number, number] => [pairs[2 * i]!, pairs[2 * i + 1]!]);
    return tf.pad(x!, pads);
  },
  RESHAPE: ([x], op, model) => tf.reshape(x!, [...model.tensors[op.outputs[0]!]!.shape]),
  CONCATENATION: (xs, op) => tf.concat(xs, op.options?.int32(0) ?? 0),
  STRIDED_SLICE: ([x]) => x!.clone(),
  RESIZE_BILINEAR: ([x], op, model) => {
    const [, height, width] = model.tensors[op.outputs[0]!]!.shape;
    const isAligned = op.options?.uint8(2) === 1;
    const isHalfPixel = op.options?.uint8(3) === 1;
    return tf.image.resizeBilinear(x as tf.Tensor4D, [height!, width!], isAligned, isHalfPixel);
  },
};
