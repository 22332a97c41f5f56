import { FlatTable } from "./flatbuffer-reader.ts";

/** Names of the operators met in our models, by their number in the TFLite schema (BuiltinOperator). */
const OPERATOR_NAMES: Readonly<Record<number, string>> = {
  0: "ADD",
  2: "CONCATENATION",
  3: "CONV_2D",
  4: "DEPTHWISE_CONV_2D",
  6: "DEQUANTIZE",
  17: "MAX_POOL_2D",
  18: "MUL",
  19: "RELU",
  22: "RESHAPE",
  23: "RESIZE_BILINEAR",
  34: "PAD",
  45: "STRIDED_SLICE",
  54: "PRELU",
};

const CUSTOM = 32;

/** Element types of the TFLite schema that our models use. */
const TENSOR_TYPES = ["float32", "float16", "int32"] as const;

/** A tensor of a TFLite graph; `data` is empty for activations. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: (typeof TENSOR_TYPES)[number];
  readonly data: Uint8Array;
}

/** A node of a TFLite graph: tensors by index, options as a table or, for custom operators, as bytes. */
export interface TfliteOperator {
  readonly name: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | undefined;
  readonly customOptions: Uint8Array;
}

/** A TFLite model with one graph; operators are in running order. */
export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads a TFLite file. Field numbers are those of the TFLite schema, version 3.
 * Throws a RangeError for operators and element types that no model of ours has.
 */
export function readTfliteModel(bytes: Uint8Array): TfliteModel {
  if (new TextDecoder().decode(bytes.subarray(4, 8)) !== "TFL3") {
    throw new RangeError("The file is not a TFLite model.");
  }
  const model = FlatTable.root(bytes);
  const names = model.tables(1).map(operatorName);
  const buffers = model.tables(4).map((buffer) => buffer.bytes(0));
  const graph = model.tables(2)[0];
  if (graph === undefined) throw new RangeError("The TFLite model has no graph.");
  return {
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    operators: graph.tables(3).map((operator) => readOperator(operator, names)),
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
  };
}

/** Newer files number the operator in field 3, older ones in field 0; the larger of both is right. */
function operatorName(code: FlatTable): string {
  const number = Math.max(code.uint8(0), code.int32(3));
  const name = number === CUSTOM ? code.text(1) : OPERATOR_NAMES[number];
  if (name === undefined) throw new RangeError(`TFLite operator ${number} is not supported.`);
  return name;
}

function readTensor(tensor: FlatTable, buffers: readonly Uint8Array[]): TfliteTensor {
  const type = TENSOR_TYPES[tensor.uint8(1)];
  if (type === undefined) throw new RangeError(`TFLite type ${tensor.uint8(1)} is not supported.`);
  const data = buffers[tensor.int32(2)] ?? new Uint8Array();
  return { name: tensor.text(3), shape: tensor.int32s(0), type, data };
}

function readOperator(operator: FlatTable, names: readonly string[]): TfliteOperator {
  return {
    name: names[operator.int32(0)]!,
    inputs: operator.int32s(1),
    outputs: operator.int32s(2),
    options: operator.table(4),
    customOptions: operator.bytes(5),
  };
}

/** Reads a constant tensor's numbers as floats; halves are widened exactly. */
export function readNumbers(tensor: TfliteTensor): Float32Array {
  const { data, type } = tensor;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const width = type === "float16" ? 2 : 4;
  return Float32Array.from({ length: data.length / width }, (_, i) => {
    if (type === "float16") return widenHalf(view.getUint16(2 * i, true));
    return type === "int32" ? view.getInt32(4 * i, true) : view.getFloat32(4 * i, true);
  });
}

/** Turns IEEE 754 binary16 bits into a number. */
function widenHalf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
