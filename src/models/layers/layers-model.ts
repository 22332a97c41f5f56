import { readExportedLiteral } from "./module-literal.ts";

/** One layer of a Keras model, as its file states it. */
export interface Layer {
  readonly kind: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs it takes. */
  readonly inputs: readonly string[];
}

/** A constant of a model; rows flattened in the file's own order. */
export interface Weights {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A Keras model as TensorFlow.js keeps it: layers in running order and constants by name. */
export interface LayersModel {
  readonly layers: readonly Layer[];
  readonly weights: ReadonlyMap<string, Weights>;
  /** Name of the one layer whose output is the model's. */
  readonly output: string;
}

/** The part of a TensorFlow.js model.json that is read. */
interface ModelFile {
  readonly modelTopology: {
    readonly model_config: {
      readonly config: {
        readonly layers: readonly {
          readonly class_name: string;
          readonly name: string;
          readonly config: Readonly<Record<string, unknown>>;
          readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
        }[];
        readonly output_layers: readonly (readonly [string, ...unknown[]])[];
      };
    };
  };
  readonly weightsManifest: readonly { readonly weights: readonly WeightsEntry[] }[];
}

interface WeightsEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly quantization?: { readonly min: number; readonly scale: number; readonly dtype: string };
}

/**
 * Reads a layers model whose two files, topology and weights, are minified bundles of one literal each. Weights are one
 * byte each with a scale and a smallest value for every constant. Throws a RangeError for any other layout.
 */
export function readLayersModel(topology: Uint8Array, weights: Uint8Array): LayersModel {
  const file = readExportedLiteral(new TextDecoder().decode(topology)) as ModelFile;
  const base64 = readExportedLiteral(new TextDecoder().decode(weights));
  if (typeof base64 !== "string") throw new RangeError("The weights are no base64 text.");
  const { layers, output_layers: outputs } = file.modelTopology.model_config.config;
  if (outputs.length !== 1) throw new RangeError("Only a model with one output is supported.");
  return {
    layers: layers.map(({ class_name: kind, name, config, inbound_nodes: nodes }) => {
      return { kind, name, config, inputs: (nodes[0] ?? []).map(([input]) => input) };
    }),
    weights: unpackWeights(
      file.weightsManifest.flatMap((group) => group.weights),
      Buffer.from(base64, "base64"),
    ),
    output: outputs[0]![0],
  };
}

function unpackWeights(
  entries: readonly WeightsEntry[],
  bytes: Uint8Array,
): ReadonlyMap<string, Weights> {
  const unpacked = new Map<string, Weights>();
  let at = 0;
  for (const { name, shape, quantization } of entries) {
    if (quantization?.dtype !== "uint8") throw new RangeError(`${name} is not stored in bytes.`);
    const { min, scale } = quantization;
    const count = shape.reduce((product, side) => product * side, 1);
    const stored = bytes.subarray(at, at + count);
    if (stored.length < count) throw new RangeError(`The weights end within ${name}.`);
    unpacked.set(name, { shape, values: Float32Array.from(stored, (byte) => byte * scale + min) });
    at += count;
  }
  if (at !== bytes.length) throw new RangeError("There are more weights than the model names.");
  return unpacked;
}
