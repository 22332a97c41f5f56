import { type ModelRow, verifyModels } from "../../models/verify-models.ts";
import type { Command } from "../command.ts";
import type { CommandArguments } from "../command-arguments.ts";
import { MODELS_DIR_OPTION, modelsDirFrom, prepareModels } from "../local-models.ts";
import { createProgress } from "../progress.ts";

/** `faceloom verify-models`: compares every built model with the catalog. */
export const verifyModelsCommand: Command = {
  usage: "verify-models [--build] [--json]",
  describe:
    "Compares the SHA-256 of every model with the catalog. Ends with 1 when one is missing or damaged.",
  options: {
    build: { describe: "Build missing and damaged models first" },
    json: { describe: "Print one JSON object" },
    ...MODELS_DIR_OPTION,
  },
  maxPositionals: 0,
  async run(args) {
    if (args.has("build")) await build(args);
    const models = await verifyModels(modelsDirFrom(args));
    const isGood = models.every(({ state }) => state === "verified");
    process.stdout.write(
      args.has("json") ? `${JSON.stringify({ ok: isGood, models })}\n` : table(models),
    );
    if (!isGood) process.stderr.write("faceloom: Try: faceloom verify-models --build\n");
    return isGood ? 0 : 1;
  },
};

async function build(args: CommandArguments): Promise<void> {
  const progress = createProgress();
  try {
    await prepareModels(args, progress);
  } finally {
    progress.clear();
  }
}

function table(models: readonly ModelRow[]): string {
  const rows = models.map((model) => [
    model.state,
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
