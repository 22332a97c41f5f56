import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Layer, LayersModel, Weights } from "./layers-model.ts";

/** What a layer gives to the next: an ONNX value in NCHW, or a list of `channels` numbers with height and width 1. */
export interface LayerInput {
  readonly value: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What the conversion of one layer works with. */
export interface LayerTools {
  readonly graph: GraphBuilder;
  readonly layer: Layer;
  /** Returns a constant of this layer by its own name, such as `kernel`. Throws a RangeError when there is none. */
  readonly weights: (name: string) => Weights;
}

/** Returns the look-up of a layer's constants. */
export function weightsOf(model: LayersModel, layer: Layer): LayerTools["weights"] {
  return (name) => {
    const found = model.weights.get(`${layer.name}/${name}`);
    if (found === undefined) throw new RangeError(`${layer.name} has no ${name}.`);
    return found;
  };
}

/** Reads a pair of whole numbers of a layer, such as `strides`. Throws a RangeError for anything else. */
export function pairOf(layer: Layer, name: string): readonly [number, number] {
  const value = layer.config[name];
  if (Array.isArray(value) && value.length === 2 && value.every(Number.isInteger)) {
    return [value[0], value[1]];
  }
  throw new RangeError(`${layer.name} has no pair ${name}.`);
}

/** Throws a RangeError unless a member of the layer has the one value that is supported. */
export function requireConfig(layer: Layer, name: string, supported: unknown): void {
  if (JSON.stringify(layer.config[name]) === JSON.stringify(supported)) return;
  throw new RangeError(`${layer.name}: ${name} must be ${JSON.stringify(supported)}.`);
}
