import { AppError } from "../../base/app-error.ts";
import { loadConfig } from "../../config/config.ts";
import type { Material, Materials } from "../../materials/materials.ts";
import { createSqliteMaterials } from "../../materials/sqlite/sqlite-materials.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { MODELS_DIR_OPTION } from "../local-models.ts";
import { importMaterial } from "../materials/import-material.ts";
import { materialStateFrom } from "../materials/material-state.ts";
import { describeMaterial, listMaterials } from "../materials/print-material.ts";

/** `faceloom materials`: the pictures that FuseFace fuses into. Running servers follow with their next call. */
export const materialsCommand: Command = {
  usage: "materials import|list|review|delete [PICTURE|MATERIAL] [OPTIONS]",
  describe:
    "Works on the materials in FACELOOM_DATA_DIR; running servers follow with their next call.\n" +
    "  import PICTURE --activity ID   finds the faces of a picture and keeps both; the activity is made when it is new\n" +
    "  list                           tells what there is\n" +
    "  review MATERIAL --state STATE  says whether it may be fused: approved, appeal-approved and machine-approved may\n" +
    "  delete MATERIAL                deletes it with its picture",
  options: {
    activity: { value: "ID", describe: "Its ProjectId and ActivityId; list: only this one's" },
    id: { value: "ID", describe: "import: the ModelId to give it; one is made without" },
    name: { value: "TEXT", describe: "import: what it is called; the file's name without" },
    account: {
      value: "ACCOUNT",
      describe: "import: whose a new activity is, by name, id or SecretId; everybody's without",
    },
    state: {
      value: "STATE",
      describe:
        "in-review (import without), approved, rejected, appealed, appeal-approved, machine-approved ...",
    },
    note: { value: "TEXT", describe: "review: the reviewer's words, AuditResult in lists" },
    json: { describe: "Print JSON" },
    ...MODELS_DIR_OPTION,
  },
  maxPositionals: 2,
  async run(args) {
    const [name = "", subject] = args.positionals;
    const work = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
    if (work === undefined) {
      throw new UsageError(`Give one of ${Object.keys(SUBCOMMANDS).join(", ")}.`);
    }
    if (subject === undefined && name !== "list") {
      throw new UsageError(`${name === "import" ? "PICTURE" : "MATERIAL"} is missing.`);
    }
    const { dataDir } = loadConfig();
    await using materials = await createSqliteMaterials({ dataDir, nowMs: Date.now });
    process.stdout.write(await work(materials, subject ?? "", args));
    return 0;
  },
};

/** Does one thing and returns what to print. */
type Subcommand = (
  materials: Materials,
  subject: string,
  args: CommandArguments,
) => Promise<string>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  import: async (materials, file, args) => print(await importMaterial(materials, file, args), args),
  async list(materials, _, args) {
    const query = { activityId: args.text("activity"), limit: -1, offset: 0 };
    const { materials: all } = await materials.list(query);
    return args.has("json") ? `${JSON.stringify(all)}\n` : listMaterials(all);
  },
  async review(materials, id, args) {
    const state = materialStateFrom(args.requiredText("state"));
    const reviewed = await materials.review(id, state, args.text("note") ?? "");
    if (reviewed === undefined) throw unknownMaterial(id);
    return print(reviewed, args);
  },
  async delete(materials, id) {
    if (!(await materials.remove(id))) throw unknownMaterial(id);
    return `${id} was deleted.\n`;
  },
};

function print(material: Material, args: CommandArguments): string {
  return args.has("json") ? `${JSON.stringify(material)}\n` : describeMaterial(material);
}

function unknownMaterial(id: string): AppError {
  return new AppError("material-not-found", `There is no material ${id}.`);
}
