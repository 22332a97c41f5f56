import type { LayerInput, LayerTools } from "./layer-tools.ts";
import { requireConfig } from "./layer-tools.ts";

/** Converts Add of two equal shapes. */
export function convertAdd({ graph }: LayerTools, inputs: readonly LayerInput[]): LayerInput {
  const [a, b] = inputs as readonly [LayerInput, LayerInput];
  return { ...a, value: graph.node("Add", [a.value, b.value]) };
}

/** Converts BatchNormalization over the channels. */
export function convertBatchNormalization(
  { graph, layer, weights }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  requireConfig(layer, "axis", -1);
  const constants = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => {
    const { values, shape } = weights(name);
    return graph.floats(values, shape);
  });
  const epsilon = { float: Number(layer.config.epsilon) };
  const value = graph.node("BatchNormalization", [input!.value, ...constants], { epsilon });
  return { ...input!, value };
}

/** Converts ReLU with its upper bound. */
export function convertReluLayer(
  { graph, layer }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  requireConfig(layer, "negative_slope", 0);
  requireConfig(layer, "threshold", 0);
  const bounds = [0, Number(layer.config.max_value)].map((bound) => graph.floats([bound], []));
  return { ...input!, value: graph.node("Clip", [input!.value, ...bounds]) };
}

/** Converts Dense: kernel of inputs by outputs, bias, and the activation. */
export function convertDense(
  { graph, layer, weights }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  const { values, shape } = weights("kernel");
  const [inputs, units] = shape as readonly [number, number];
  if (inputs !== input!.channels) throw new RangeError(`${layer.name} has another input.`);
  const kernel = graph.floats(values, [inputs, units]);
  const bias = graph.floats(weights("bias").values, [units]);
  const sum = graph.node("Gemm", [input!.value, kernel, bias]);
  return { value: activated({ graph, layer }, sum), channels: units, height: 1, width: 1 };
}

function activated({ graph, layer }: Pick<LayerTools, "graph" | "layer">, value: string): string {
  if (layer.config.activation === "relu") return graph.node("Relu", [value]);
  requireConfig(layer, "activation", "softmax");
  return graph.node("Softmax", [value], { axis: { int: 1 } });
}
