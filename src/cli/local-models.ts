import { loadConfig } from "../config/config.ts";
import { ensureModels, type ModelFiles } from "../models/ensure-models.ts";
import { modelsDirOf } from "../models/models-dir.ts";
import type { CommandArguments } from "./command-arguments.ts";
import type { Progress } from "./progress.ts";

/** The option of every command that runs models in its own process. */
export const MODELS_DIR_OPTION = {
  "models-dir": { value: "DIR", describe: "Where models are kept; default as the server's" },
} as const;

/** The folder named by --models-dir, else the server's. */
export function modelsDirFrom(args: CommandArguments): string {
  return args.text("models-dir") ?? modelsDirOf(loadConfig());
}

/** Builds what is missing, checks the rest and tells the progress. */
export async function prepareModels(
  args: CommandArguments,
  progress: Progress,
): Promise<{ readonly modelsDir: string; readonly models: ModelFiles }> {
  const modelsDir = modelsDirFrom(args);
  const models = await ensureModels({
    modelsDir,
    onProgress: ({ role, position, count, state }) =>
      progress.show(`models ${position}/${count}: ${role} ${state}`),
  });
  return { modelsDir, models };
}
