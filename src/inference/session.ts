import { InferenceSession, Tensor } from "onnxruntime-node";

/** A network with one picture input, ready to run. */
export interface Network {
  /** Runs the network on planes R G B; `run` blocks the calling thread while it computes. */
  run(planes: Float32Array, width: number, height: number): Promise<NetworkOutputs>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Output values by name, rows flattened. */
export type NetworkOutputs = (name: string) => Float32Array;

/** How a network is to be run. */
export interface NetworkOptions {
  /** Threads inside one run; small networks gain little from more than one. Default 1. */
  readonly threads?: number;
}

/**
 * The library's own builds for Linux tell Microsoft of every model and session since 1.29, with an id of the machine in
 * ~/.cache, unless this variable is set before the first session. Nothing of that is in an operator's interest.
 */
function forbidTelemetry(): void {
  // biome-ignore lint/style/noProcessEnv: the library looks nowhere else; nothing is read here
  process.env.ORT_DISABLE_TELEMETRY = "1";
}

/** Loads a network once; spinning is off because waiting threads would take time from other workers. */
export async function openNetwork(file: string, options: NetworkOptions = {}): Promise<Network> {
  forbidTelemetry();
  const session = await InferenceSession.create(file, {
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    intraOpNumThreads: options.threads ?? 1,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } } },
  });
  const input = session.inputNames[0]!;
  return {
    async run(planes, width, height) {
      const outputs = await session.run({
        [input]: new Tensor("float32", planes, [1, 3, height, width]),
      });
      return (name) => {
        const data = outputs[name]?.data;
        if (!(data instanceof Float32Array)) throw new Error(`The network has no output ${name}.`);
        return data;
      };
    },
    async [Symbol.asyncDispose]() {
      await session.release();
    },
  };
}
