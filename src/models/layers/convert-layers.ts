import { GraphBuilder } from "../onnx/graph-builder.ts";
import type { LayerInput, LayerTools } from "./layer-tools.ts";
import { weightsOf } from "./layer-tools.ts";
import type { LayersModel } from "./layers-model.ts";
import { readLayersModel } from "./layers-model.ts";
import {
  convertAdd,
  convertBatchNormalization,
  convertDense,
  convertReluLayer,
} from "./plain-layers.ts";
import {
  convertAveragePooling,
  convertConv2D,
  convertDepthwiseConv2D,
  convertFlatten,
  convertZeroPadding,
} from "./window-layers.ts";

type Convert = (tools: LayerTools, inputs: readonly LayerInput[]) => LayerInput;

/** How each kind of layer is written in ONNX. */
const CONVERTERS: Readonly<Record<string, Convert>> = {
  Add: convertAdd,
  AveragePooling2D: convertAveragePooling,
  BatchNormalization: convertBatchNormalization,
  Conv2D: convertConv2D,
  Dense: convertDense,
  DepthwiseConv2D: convertDepthwiseConv2D,
  // It only acts in training.
  Dropout: (_, [input]) => input!,
  Flatten: convertFlatten,
  ReLU: convertReluLayer,
  ZeroPadding2D: convertZeroPadding,
};

/**
 * Converts a Keras model of TensorFlow.js with one picture input to ONNX. The input becomes NCHW; input and output keep
 * the names of their layers. The same bytes always give the same bytes. Throws a RangeError for what the model at hand
 * does not use.
 */
export function convertLayersModel(topology: Uint8Array, weights: Uint8Array): Uint8Array {
  const model = readLayersModel(topology, weights);
  const graph = new GraphBuilder("layers");
  const outputs = new Map<string, LayerInput>();
  for (const layer of model.layers) {
    const inputs = layer.inputs.map((name) => outputs.get(name)!);
    if (inputs.includes(undefined!)) throw new RangeError(`${layer.name} comes before its input.`);
    const convert = layer.kind === "InputLayer" ? declareInput : CONVERTERS[layer.kind];
    if (convert === undefined) throw new RangeError(`${layer.kind} is not supported.`);
    outputs.set(layer.name, convert({ graph, layer, weights: weightsOf(model, layer) }, inputs));
  }
  return finish(graph, model, outputs);
}

function declareInput({ graph, layer }: LayerTools): LayerInput {
  const shape = layer.config.batch_input_shape;
  const [, height, width, channels] = Array.isArray(shape) ? shape.map(Number) : [];
  if (!height || !width || !channels)
    throw new RangeError("The input is no picture of fixed size.");
  return { value: graph.input(layer.name, [1, channels, height, width]), channels, height, width };
}

function finish(
  graph: GraphBuilder,
  model: LayersModel,
  outputs: ReadonlyMap<string, LayerInput>,
): Uint8Array {
  const output = outputs.get(model.output);
  if (output === undefined) throw new RangeError(`There is no layer ${model.output}.`);
  if (output.height * output.width !== 1) throw new RangeError("Only a list may be the output.");
  graph.output(model.output, output.value, [1, output.channels]);
  return graph.toModel();
}
