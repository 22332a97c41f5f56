import path from "node:path";
import {
  ensureModels,
  ensureOptionalModel,
  type ModelFiles,
} from "../../src/models/ensure-models.ts";
import { ROOT } from "./source-modules.ts";

/** Where tests keep converted models: outside git, kept between runs, gone with node_modules. */
export const TEST_MODELS_DIR = path.join(ROOT, "node_modules/.cache/faceloom/models");

/** Builds the models if needed; about half a second the first time. */
export function testModels(): Promise<ModelFiles> {
  return ensureModels({ modelsDir: TEST_MODELS_DIR });
}

/** Builds the content classifier if needed; under a second the first time. */
export function testClassifier(): Promise<string> {
  return ensureOptionalModel("contentClassifier", { modelsDir: TEST_MODELS_DIR });
}
