import { readFile } from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { ROOT } from "./source-modules.ts";

/** Chooses the backend that is quick enough for tests. */
export async function useTensorflow(): Promise<typeof tf> {
  setWasmPaths(`${path.join(ROOT, "node_modules/@tensorflow/tfjs-backend-wasm/dist")}/`);
  await tf.setBackend("wasm");
  return tf;
}

/** The content network as TensorFlow.js loads it from the files of the package nsfwjs, by its own loader. */
export async function loadContentNetwork(): Promise<tf.LayersModel> {
  await useTensorflow();
  const folder = path.join(ROOT, "node_modules", "nsfwjs", "dist/models/mobilenet_v2");
  const model = (await run(path.join(folder, "model.min.js"))) as tf.io.ModelJSON;
  const base64 = await run(path.join(folder, "group1-shard1of1.min.js"));
  const weights = Buffer.from(String(base64), "base64");
  return await tf.loadLayersModel({
    load: async () => ({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(
        weights.byteOffset,
        weights.byteOffset + weights.byteLength,
      ) as ArrayBuffer,
    }),
  });
}

/** Runs a bundle, as a page would: apart from the product's own reader, so that one fault cannot hide in both. */
async function run(file: string): Promise<unknown> {
  const module = { exports: {} };
  new Function("module", "exports", await readFile(file, "utf8"))(module, module.exports);
  return module.exports;
}
