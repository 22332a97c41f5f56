import { createRequire } from "node:module";
import path from "node:path";
import type { Picture } from "../../src/imaging/picture.ts";
import { CHIP_SIZE, cutFaceChip } from "./face-chip.ts";

/** Says how much two faces look like the same person; a yardstick of the bench, never part of the product. */
export interface RecognitionJudge {
  /** Returns the 128 numbers of a face, scaled to length 1. */
  embed(picture: Picture, mesh: ArrayLike<number>): Promise<Float32Array>;
}

/** The little of the network's and the runtime's interface that is used; their own types pull in the DOM. */
interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    tensor3d(values: Float32Array, shape: readonly number[]): { dispose(): void };
  };
  readonly nets: {
    readonly faceRecognitionNet: {
      loadFromDisk(folder: string): Promise<void>;
      computeFaceDescriptor(input: unknown): Promise<Float32Array>;
    };
  };
}

const require = createRequire(import.meta.url);

/** Loads face-api's 128-number network (a port of dlib's) with its WebAssembly runtime. */
export async function createRecognitionJudge(): Promise<RecognitionJudge> {
  // Two benches run side by side on purpose: one thread each.
  require("@tensorflow/tfjs-backend-wasm").setThreadsCount(1);
  const api: FaceApi = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
  await api.tf.setBackend("wasm");
  await api.tf.ready();
  const network = api.nets.faceRecognitionNet;
  const root = path.dirname(require.resolve("@vladmandic/face-api/package.json"));
  await network.loadFromDisk(path.join(root, "model"));
  return {
    async embed(picture, mesh) {
      const input = api.tf.tensor3d(cutFaceChip(picture, mesh), [CHIP_SIZE, CHIP_SIZE, 3]);
      try {
        return unit(await network.computeFaceDescriptor(input));
      } finally {
        input.dispose();
      }
    },
  };
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((v) => v / length);
}
