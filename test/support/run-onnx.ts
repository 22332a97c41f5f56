import { InferenceSession, Tensor } from "onnxruntime-node";

/** Values of one tensor, rows flattened, with its shape. */
export interface Values {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Runs an ONNX model once; inputs and outputs by name. */
export async function runOnnx(
  model: Uint8Array,
  inputs: Readonly<Record<string, Values>>,
): Promise<Record<string, Values>> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, dims }]) => [
      name,
      new Tensor("float32", data, [...dims]),
    ]),
  );
  const outputs = await session.run(feeds);
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [
      name,
      { data: data as Float32Array, dims },
    ]),
  );
}
