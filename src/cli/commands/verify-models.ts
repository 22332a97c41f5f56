import { ensureOptionalModel } from "../../models/ensure-models.ts";
import { type ModelRow, verifyModels } from "../../models/verify-models.ts";
import type { Command } from "../command.ts";
import type { CommandArguments } from "../command-arguments.ts";
import { MODELS_DIR_OPTION, modelsDirFrom, prepareModels } from "../local-models.ts";
import { createProgress } from "../progress.ts";

/** `faceloom verify-models`: compares every built model with the catalog. */
export const verifyModelsCommand: Command = {
  usage: "verify-models [--build [--optional]] [--json]",
  describe:
    "Compares the SHA-256 of every model with the catalog. Ends with 1 when one is missing or damaged.",
  options: {
    build: { describe: "Build missing and damaged models first" },
    optional: { describe: "With --build: build those too that only some settings need" },
    json: { describe: "Print one JSON object" },
    ...MODELS_DIR_OPTION,
  },
  maxPositionals: 0,
  async run(args) {
    if (args.has("build")) await build(args);
    const models = await verifyModels(modelsDirFrom(args));
    const isGood = models.every(isUsable);
    process.stdout.write(
      args.has("json") ? `${JSON.stringify({ ok: isGood, models })}\n` : table(models),
    );
    if (!isGood) process.stderr.write("faceloom: Try: faceloom verify-models --build\n");
    return isGood ? 0 : 1;
  },
};

/** An optional model is built where a setting asks for it; a damaged one is wrong everywhere. */
function isUsable({ state, isOptional }: ModelRow): boolean {
  return state === "verified" || (isOptional && state === "missing");
}

async function build(args: CommandArguments): Promise<void> {
  const progress = createProgress();
  try {
    const { modelsDir } = await prepareModels(args, progress);
    if (args.has("optional")) await ensureOptionalModel("contentClassifier", { modelsDir });
  } finally {
    progress.clear();
  }
}

function table(models: readonly ModelRow[]): string {
  const rows = models.map((model) => [
    model.isOptional && model.state === "missing" ? "not built" : model.state,
    model.role,
    `${model.package}@${model.version}`,
    model.licence,
    model.file,
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths![i]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
