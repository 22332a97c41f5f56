import { ProtobufWriter } from "./protobuf-writer.ts";

/** A dimension: a length, or the name of one that is chosen at run time. */
export type Dimension = number | string;

/** What an operator may be told: an integer, a list of integers, a float, or a word. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

/** Names of element types as onnx.proto numbers them. */
const ELEMENT_TYPE = { float: 1, int64: 7 } as const;

/** The operator set that every graph is written for; ONNX 1.12 and all later runtimes know it. */
const OPSET = 17;

const IR_VERSION = 8;

/** Collects nodes and constants of one ONNX graph and serialises them in the order of the calls. */
export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants = new Map<string, ProtobufWriter>();
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  readonly #integerConstants = new Map<string, string>();
  #nextValue = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Declares a float input and returns its name. */
  input(name: string, dims: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, dims));
    return name;
  }

  /** Makes `value` an output of the graph under `name`. */
  output(name: string, value: string, dims: readonly Dimension[]): void {
    this.#nodes.push(nodeMessage("Identity", [value], [name], {}));
    this.#outputs.push(valueInfo(name, dims));
  }

  /** Adds a node with one output and returns the output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const output = this.#freshName("v");
    this.#nodes.push(nodeMessage(operator, inputs, [output], attributes));
    return output;
  }

  /** Adds a float constant and returns its name. */
  floats(values: Float32Array | readonly number[], dims: readonly number[]): string {
    const name = this.#freshName("c");
    this.#constants.set(name, tensor(name, "float", dims, littleEndianFloats(values)));
    return name;
  }

  /** Adds a one-dimensional int64 constant and returns its name; equal lists share one constant. */
  integers(values: readonly number[]): string {
    const key = values.join();
    const known = this.#integerConstants.get(key);
    if (known !== undefined) return known;
    const name = this.#freshName("c");
    this.#integerConstants.set(key, name);
    const bytes = new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer);
    this.#constants.set(name, tensor(name, "int64", [values.length], bytes));
    return name;
  }

  /** Serialises the graph as an ONNX model; the same calls always give the same bytes. */
  toModel(): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, this.#name);
    for (const constant of this.#constants.values()) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    return new ProtobufWriter()
      .integer(1, IR_VERSION)
      .text(2, "faceloom")
      .message(7, graph)
      .message(8, new ProtobufWriter().text(1, "").integer(2, OPSET))
      .finish();
  }

  #freshName(prefix: string): string {
    return `${prefix}${this.#nextValue++}`;
  }
}

function nodeMessage(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const input of inputs) message.text(1, input);
  for (const output of outputs) message.text(2, output);
  message.text(3, `${operator}_${outputs[0]}`).text(4, operator);
  for (const [name, value] of Object.entries(attributes))
    message.message(5, attribute(name, value));
  return message;
}

/** Field and type numbers of AttributeProto in onnx.proto. */
function attribute(name: string, value: Attribute): ProtobufWriter {
  const message = new ProtobufWriter().text(1, name);
  if ("int" in value) return message.integer(3, value.int).integer(20, 2);
  if ("float" in value) return message.float(2, value.float).integer(20, 1);
  if ("text" in value) return message.text(4, value.text).integer(20, 3);
  for (const item of value.ints) message.integer(8, item);
  return message.integer(20, 7);
}

function tensor(
  name: string,
  type: keyof typeof ELEMENT_TYPE,
  dims: readonly number[],
  raw: Uint8Array,
): ProtobufWriter {
  return new ProtobufWriter()
    .packedIntegers(1, dims)
    .integer(2, ELEMENT_TYPE[type])
    .text(8, name)
    .bytes(9, raw);
}

function valueInfo(name: string, dims: readonly Dimension[]): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const dim of dims) {
    const message = new ProtobufWriter();
    shape.message(1, typeof dim === "number" ? message.integer(1, dim) : message.text(2, dim));
  }
  const tensorType = new ProtobufWriter().integer(1, ELEMENT_TYPE.float).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

/** ONNX stores raw tensors little-endian, whatever the machine's order. */
function littleEndianFloats(values: Float32Array | readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return bytes;
}
