import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { readNumbers, type TfliteModel, type TfliteTensor } from "./tflite-model.ts";

/**
 * The state of one conversion. TFLite keeps pictures as NHWC, ONNX as NCHW: a rank-4 activation is held
 * in NCHW throughout, everything else in its own order.
 */
export class Conversion {
  readonly graph: GraphBuilder;
  readonly #model: TfliteModel;
  readonly #values = new Map<number, string>();
  readonly #constants = new Map<number, Float32Array>();

  constructor(graph: GraphBuilder, model: TfliteModel) {
    this.graph = graph;
    this.#model = model;
    for (const [index, tensor] of model.tensors.entries()) {
      if (tensor.data.length > 0) this.#constants.set(index, readNumbers(tensor));
    }
  }

  /** Returns the shape of a tensor as TFLite has it (NHWC). */
  shape(index: number): readonly number[] {
    return this.#tensor(index).shape;
  }

  /** Returns the name of a tensor. */
  name(index: number): string {
    return this.#tensor(index).name;
  }

  /** Returns a constant's numbers, or undefined for an activation. */
  constant(index: number): Float32Array | undefined {
    return this.#constants.get(index);
  }

  /** Returns the numbers of a tensor that must be constant. Throws a RangeError otherwise. */
  numbers(index: number): Float32Array {
    const numbers = this.#constants.get(index);
    if (numbers === undefined) throw new RangeError(`Tensor ${index} is not a constant.`);
    return numbers;
  }

  /** Makes a tensor's numbers known without a node. */
  setConstant(index: number, numbers: Float32Array): void {
    this.#constants.set(index, numbers);
  }

  /** Returns the ONNX value of an activation, NCHW when it has rank 4. */
  value(index: number): string {
    const value = this.#values.get(index);
    if (value === undefined) throw new RangeError(`Tensor ${index} is used before it is computed.`);
    return value;
  }

  /** Tells which ONNX value an activation became. */
  setValue(index: number, value: string): void {
    this.#values.set(index, value);
  }

  /** Returns an activation in TFLite's own order, NHWC when it has rank 4. */
  valueInSourceOrder(index: number): string {
    const value = this.value(index);
    if (this.shape(index).length !== 4) return value;
    return this.graph.node("Transpose", [value], { perm: { ints: [0, 2, 3, 1] } });
  }

  /** Tells an activation's value that is in TFLite's own order. */
  setValueInSourceOrder(index: number, value: string): void {
    const isPicture = this.shape(index).length === 4;
    const turned = isPicture
      ? this.graph.node("Transpose", [value], { perm: { ints: [0, 3, 1, 2] } })
      : value;
    this.setValue(index, turned);
  }

  #tensor(index: number): TfliteTensor {
    const tensor = this.#model.tensors[index];
    if (tensor === undefined) throw new RangeError(`There is no tensor ${index}.`);
    return tensor;
  }
}
