import { type Dimension, GraphBuilder } from "../onnx/graph-builder.ts";
import { Conversion } from "./conversion.ts";
import { convertConvolution, convertDepthwise, convertMaxPool } from "./convolutions.ts";
import { convertArithmetic, convertPrelu, convertRelu } from "./elementwise.ts";
import {
  convertLandmarksToMatrix,
  convertTransformLandmarks,
  convertTransformTensor,
} from "./mediapipe-operations.ts";
import {
  convertConcatenation,
  convertDequantize,
  convertPad,
  convertReshape,
  convertResize,
  convertWholeSlice,
} from "./shape-operators.ts";
import { readTfliteModel, type TfliteOperator } from "./tflite-model.ts";

/** How each TFLite operator is written in ONNX. */
const CONVERTERS: Readonly<
  Record<string, (conversion: Conversion, operator: TfliteOperator) => void>
> = {
  ADD: convertArithmetic,
  CONCATENATION: convertConcatenation,
  CONV_2D: convertConvolution,
  DEPTHWISE_CONV_2D: convertDepthwise,
  DEQUANTIZE: convertDequantize,
  MAX_POOL_2D: convertMaxPool,
  MUL: convertArithmetic,
  PAD: convertPad,
  PRELU: convertPrelu,
  RELU: convertRelu,
  RESHAPE: convertReshape,
  RESIZE_BILINEAR: convertResize,
  STRIDED_SLICE: convertWholeSlice,
  Landmarks2TransformMatrix: convertLandmarksToMatrix,
  TransformLandmarks: convertTransformLandmarks,
  TransformTensorBilinear: convertTransformTensor,
};

/** What a conversion may be told. */
export interface TfliteConversionOptions {
  /** Leaves height and width of the input open; only right for fully convolutional networks. */
  readonly hasFreeSize?: boolean;
}

/**
 * Converts a TFLite model to ONNX. The picture input becomes NCHW; outputs keep TFLite's names and order.
 * The same bytes always give the same bytes. Throws a RangeError for what the models at hand do not use.
 */
export function convertTflite(
  bytes: Uint8Array,
  options: TfliteConversionOptions = {},
): Uint8Array {
  const model = readTfliteModel(bytes);
  const graph = new GraphBuilder("tflite");
  const conversion = new Conversion(graph, model);
  for (const index of model.inputs) {
    const [, height, width, channels] = conversion.shape(index);
    const size: Dimension[] = options.hasFreeSize ? ["height", "width"] : [height!, width!];
    const dims = [1, channels!, ...size];
    conversion.setValue(index, graph.input(conversion.name(index), dims));
  }
  for (const operator of model.operators) {
    const convert = CONVERTERS[operator.name];
    if (convert === undefined) throw new RangeError(`${operator.name} is not supported.`);
    convert(conversion, operator);
  }
  for (const index of model.outputs) {
    const shape: Dimension[] = [...conversion.shape(index)];
    if (options.hasFreeSize) shape[1] = "cells";
    graph.output(conversion.name(index), conversion.valueInSourceOrder(index), shape);
  }
  return graph.toModel();
}
