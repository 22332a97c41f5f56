import type { Attribute } from "../onnx/graph-builder.ts";
import type { LayerInput, LayerTools } from "./layer-tools.ts";
import { pairOf, requireConfig } from "./layer-tools.ts";
import type { Layer } from "./layers-model.ts";

/** Converts Conv2D without bias: weights HWIO to OIHW. */
export function convertConv2D(
  { graph, layer, weights }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  requirePlainConvolution(layer);
  const { values, shape } = weights("kernel");
  const [height, width, inputs, outputs] = shape as readonly [number, number, number, number];
  const kernel = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const output = i % outputs;
    const pixelAndInput = Math.floor(i / outputs);
    const from = pixelAndInput % inputs;
    const pixel = Math.floor(pixelAndInput / inputs);
    kernel[(output * inputs + from) * height * width + pixel] = values[i]!;
  }
  const window = windowOver(layer, input!, [height, width]);
  const constant = graph.floats(kernel, [outputs, inputs, height, width]);
  const value = graph.node("Conv", [input!.value, constant], window.attributes);
  return { value, channels: outputs, ...window.size };
}

/** Converts DepthwiseConv2D without bias and with one filter a channel: weights HWC1 to C1HW. */
export function convertDepthwiseConv2D(
  { graph, layer, weights }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  requirePlainConvolution(layer);
  requireConfig(layer, "depth_multiplier", 1);
  const { values, shape } = weights("depthwise_kernel");
  const [height, width, channels] = shape as readonly [number, number, number];
  const kernel = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    kernel[(i % channels) * height * width + Math.floor(i / channels)] = values[i]!;
  }
  const window = windowOver(layer, input!, [height, width]);
  const constant = graph.floats(kernel, [channels, 1, height, width]);
  const value = graph.node("Conv", [input!.value, constant], {
    ...window.attributes,
    group: { int: channels },
  });
  return { value, channels, ...window.size };
}

/** Converts AveragePooling2D without padding. */
export function convertAveragePooling(
  { graph, layer }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  requireConfig(layer, "padding", "valid");
  const window = windowOver(layer, input!, pairOf(layer, "pool_size"));
  const value = graph.node("AveragePool", [input!.value], window.attributes);
  return { ...input!, value, ...window.size };
}

/** Converts ZeroPadding2D. */
export function convertZeroPadding(
  { graph, layer }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  const { height, width, channels } = input!;
  const [[top, bottom], [left, right]] = layer.config.padding as [
    [number, number],
    [number, number],
  ];
  const amounts = graph.integers([0, 0, top, left, 0, 0, bottom, right]);
  const value = graph.node("Pad", [input!.value, amounts]);
  return { value, channels, height: height + top + bottom, width: width + left + right };
}

/** Converts Flatten of one pixel; of more the order of the numbers would change. */
export function convertFlatten(
  { graph, layer }: LayerTools,
  [input]: readonly LayerInput[],
): LayerInput {
  if (input!.height * input!.width !== 1) throw new RangeError(`${layer.name} has several pixels.`);
  return { ...input!, value: graph.node("Flatten", [input!.value], { axis: { int: 1 } }) };
}

function requirePlainConvolution(layer: Layer): void {
  requireConfig(layer, "use_bias", false);
  requireConfig(layer, "activation", "linear");
  requireConfig(layer, "dilation_rate", [1, 1]);
}

/** How a window moves over its input, and the size of what comes out. */
function windowOver(
  layer: Layer,
  input: LayerInput,
  kernel: readonly [number, number],
): {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly size: { readonly height: number; readonly width: number };
} {
  const strides = pairOf(layer, "strides");
  const isSame = layer.config.padding === "same";
  const sides = [input.height, input.width].map((side, axis) => {
    const stride = strides[axis]!;
    const outputs = isSame
      ? Math.ceil(side / stride)
      : Math.floor((side - kernel[axis]!) / stride) + 1;
    // TensorFlow's SAME: as much as is missing, the odd pixel at the end.
    const missing = isSame ? Math.max((outputs - 1) * stride + kernel[axis]! - side, 0) : 0;
    return { outputs, before: Math.floor(missing / 2), after: Math.ceil(missing / 2) };
  });
  const [y, x] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: strides },
    pads: { ints: [y.before, x.before, y.after, x.after] },
  };
  return { attributes, size: { height: y.outputs, width: x.outputs } };
}
