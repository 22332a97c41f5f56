import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { loadConfig } from "../../config/config.ts";
import { createFusionEngine } from "../../fusion/fuse.ts";
import {
  DEFAULT_FUSION_OPTIONS,
  type FusionOptions,
  type ModelType,
} from "../../fusion/fusion-options.ts";
import type { FusionRequest, FusionResult, Merge } from "../../fusion/fusion-request.ts";
import { visibleLabelFor } from "../../fusion/visible-label.ts";
import type { LabelsConfig } from "../../labels/config.ts";
import { checkSigningKey } from "../../labels/credentials/check-signing-key.ts";
import { signPicture } from "../../labels/credentials/sign-picture.ts";
import { certificateFilesOf, loadSigningKey } from "../../labels/credentials/signing-key.ts";
import { type ResultOrigin, readCreatorTool } from "../../labels/result-origin.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, parseRect, UsageError } from "../command-arguments.ts";
import { readCheckedPicture, writeOutput } from "../files.ts";
import { MODELS_DIR_OPTION, prepareModels } from "../local-models.ts";
import { createProgress, type Progress } from "../progress.ts";

/** The API's limit of faces in one call. */
const MAX_MERGES = 6;
const MAX_PHOTOS = 5;

/** `faceloom fuse`: the whole engine in this process, no server. */
export const fuseCommand: Command = {
  usage: "fuse --template FILE --user FILE [--user FILE ...] --out FILE [OPTIONS]",
  describe:
    "Fuses the face of each user photo into the template picture. The first user goes to the largest face of the\n" +
    "template, the second to the next, unless rectangles say otherwise. The result has the template's format and size.",
  options: {
    template: {
      value: "FILE",
      describe: "Picture whose faces are replaced; JPEG or PNG, - for stdin",
    },
    user: {
      value: "FILE",
      describe:
        "Photo with the new face; up to six, each one file or up to five A,B,... of one person",
      isRepeatable: true,
    },
    out: { value: "FILE", describe: "Where the result goes; - for stdout" },
    "user-rect": {
      value: "X,Y,W,H",
      describe: "Which face of the user photo named before it",
      isRepeatable: true,
    },
    "template-rect": {
      value: "X,Y,W,H",
      describe: "Which face of the template the user photo named before it goes to",
      isRepeatable: true,
    },
    "swap-model-type": { value: "N", describe: "Preset 1 to 6 (1)" },
    warp: {
      value: "0..1",
      describe: "0 keeps the template's face outline, 1 takes the user's (0.7)",
    },
    likeness: {
      value: "0..1",
      describe: "0 keeps the template's features, 1 takes the user's (1)",
    },
    enhance: { value: "0..1", describe: "Detail enhancement (0.5)" },
    smooth: { value: "0..1", describe: "Skin smoothing (0.5)" },
    makeup: { describe: "Bring the template's make-up over to the user's face" },
    "no-teeth": { describe: "Leave teeth as they are" },
    "no-label": { describe: "Leave out the visible label; law may demand it" },
    json: { describe: "Print one JSON object about the result" },
    ...MODELS_DIR_OPTION,
  },
  maxPositionals: 0,
  run: runFuse,
};

async function runFuse(args: CommandArguments): Promise<number> {
  const merges = mergesFrom(args);
  const templateFile = args.requiredText("template");
  const out = args.requiredText("out");
  if (out === "-" && args.has("json")) {
    throw new UsageError("--json and --out - would both write to stdout.");
  }
  if (
    [templateFile, ...merges.flatMap(({ user }) => user)].filter((file) => file === "-").length > 1
  ) {
    throw new UsageError("Only one picture can come from stdin.");
  }
  const { labels } = loadConfig();
  const options = optionsFrom(args, labels);
  const template = await readCheckedPicture(templateFile);
  const origin = originFrom(labels);
  const request = { template, merges: await Promise.all(merges.map(readMerge)), options, origin };
  const progress = createProgress();
  try {
    const startedMs = performance.now();
    const fused = await fuseWithProgress(args, request, progress);
    const result = { ...fused, image: await signed(fused, request) };
    await writeOutput(out, result.image);
    progress.clear();
    const tookMs = Math.round(performance.now() - startedMs);
    if (out !== "-") process.stdout.write(report(args.has("json"), { out, result, tookMs }));
    return 0;
  } finally {
    progress.clear();
  }
}

/** Signs the result as the server would, where there is a certificate. */
async function signed(
  { image, format }: FusionResult,
  { origin, merges }: FusionRequest,
): Promise<Uint8Array> {
  const files = certificateFilesOf(loadConfig().credentials);
  if (files === undefined) return image;
  const key = await loadSigningKey(files);
  await checkSigningKey(key);
  return signPicture(image, { origin, format, users: merges.length }, key);
}

/** A result without a server has a number of its own. */
function originFrom(labels: LabelsConfig): ResultOrigin {
  const { producer, hasWatermark } = labels;
  const ours = { producer, hasWatermark, creatorTool: readCreatorTool() };
  return { ...ours, produceId: randomUUID(), createdAtMs: Date.now() };
}

async function fuseWithProgress(
  args: CommandArguments,
  request: FusionRequest,
  progress: Progress,
): Promise<FusionResult> {
  const { modelsDir } = await prepareModels(args, progress);
  progress.show("loading models");
  await using engine = await createFusionEngine({ modelsDir });
  return await engine.fuse(request, { onStep: (name) => progress.show(name) });
}

interface MergeFiles {
  /** One photo, or several of one person. */
  user: readonly string[];
  userRect?: string;
  templateRect?: string;
}

/** Rectangles belong to the --user before them. */
function mergesFrom(args: CommandArguments): MergeFiles[] {
  const merges: MergeFiles[] = [];
  for (const { name, value } of args.inOrder) {
    const last = merges.at(-1);
    if (name === "user") merges.push({ user: photosOf(value) });
    if (name !== "user-rect" && name !== "template-rect") continue;
    if (last === undefined) throw new UsageError(`--${name} must follow the --user it belongs to.`);
    parseRect(name, value);
    last[name === "user-rect" ? "userRect" : "templateRect"] = value;
  }
  if (merges.length === 0) throw new UsageError("--user is missing.");
  if (merges.length > MAX_MERGES) throw new UsageError(`At most ${MAX_MERGES} users are possible.`);
  return merges;
}

/** Photos of one person, separated by commas; a file whose name has a comma is given alone. */
function photosOf(value: string): string[] {
  const files = value === "-" || existsSync(value) ? [value] : value.split(",");
  if (files.length > MAX_PHOTOS) {
    throw new UsageError(`At most ${MAX_PHOTOS} photos of one person are possible.`);
  }
  return files;
}

async function readMerge({ user, userRect, templateRect }: MergeFiles): Promise<Merge> {
  const [first, ...more] = await Promise.all(user.map(readCheckedPicture));
  return {
    user: first!,
    ...(more.length === 0 ? {} : { morePhotos: more }),
    ...(userRect === undefined ? {} : { userFaceRect: parseRect("user-rect", userRect) }),
    ...(templateRect === undefined
      ? {}
      : { templateFaceRect: parseRect("template-rect", templateRect) }),
  };
}

function optionsFrom(args: CommandArguments, labels: LabelsConfig): FusionOptions {
  const share = { min: 0, max: 1 };
  const defaults = DEFAULT_FUSION_OPTIONS;
  const modelType = args.number("swap-model-type", { min: 1, max: 6, isInteger: true });
  return {
    modelType: (modelType ?? defaults.modelType) as ModelType,
    reshapeStrength: args.number("warp", share) ?? defaults.reshapeStrength,
    likeness: args.number("likeness", share),
    enhanceStrength: args.number("enhance", share) ?? defaults.enhanceStrength,
    smoothStrength: args.number("smooth", share) ?? defaults.smoothStrength,
    enhanceTeeth: !args.has("no-teeth"),
    transferMakeup: args.has("makeup"),
    label: visibleLabelFor(args.has("no-label") ? undefined : defaults.label, labels),
  };
}

function report(
  isJson: boolean,
  { out, result, tookMs }: { out: string; result: FusionResult; tookMs: number },
): string {
  const { format, width, height, image, stepMs } = result;
  const quality = result.quality.map((value) => Number(value.toFixed(2)));
  if (isJson) {
    const bytes = image.length;
    return `${JSON.stringify({ out, format, width, height, bytes, tookMs, quality, stepMs })}\n`;
  }
  return `${out}: ${width}x${height} ${format.toUpperCase()} in ${(tookMs / 1000).toFixed(1)} s\n`;
}
