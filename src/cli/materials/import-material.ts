import path from "node:path";
import { createSqliteAccountBook } from "../../accounts/sqlite/sqlite-account-book.ts";
import { FUSE_FACE_BOUNDS } from "../../actions/fuse-face.ts";
import { AppError } from "../../base/app-error.ts";
import { loadConfig } from "../../config/config.ts";
import type { Face } from "../../faces/face.ts";
import { createFaceFinder } from "../../faces/find-faces.ts";
import { decodePicture } from "../../imaging/codec.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
import type { Material, Materials } from "../../materials/materials.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile, withFileName } from "../files.ts";
import { prepareModels } from "../local-models.ts";
import { createProgress } from "../progress.ts";
import { materialStateFrom } from "./material-state.ts";

/**
 * Reads a picture, finds its faces and keeps both. Throws what decoding throws, `picture-bytes-exceeded`,
 * `face-not-found`, and what {@link Materials.add} throws.
 */
export async function importMaterial(
  materials: Materials,
  file: string,
  args: CommandArguments,
): Promise<Material> {
  const activityId = args.requiredText("activity");
  const state = materialStateFrom(args.text("state") ?? "in-review");
  if (file === "-" && !args.has("name")) throw new UsageError("--name is missing.");
  const accountId = await accountIdFrom(args.text("account"));
  const picture = await readInputFile(file);
  const { format, faceBoxes } = await withFileName(file, () => inspect(picture, args));
  return await materials.add({
    picture,
    format,
    activityId,
    id: args.text("id"),
    accountId,
    name: args.text("name") ?? path.parse(file).name,
    state,
    faceBoxes,
  });
}

async function accountIdFrom(text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  await using book = await createSqliteAccountBook(loadConfig().dataDir);
  return (await book.find(text)).id;
}

async function inspect(bytes: Uint8Array, args: CommandArguments) {
  const { sidesPx, maxFileBytes } = FUSE_FACE_BOUNDS;
  if (bytes.length > maxFileBytes) {
    const message = `A material may have at most ${maxFileBytes / 1024 ** 2} MiB.`;
    throw new AppError("picture-bytes-exceeded", message);
  }
  const picture = await decodePicture(bytes, sidesPx);
  const faces = await findFaces(picture, args);
  if (faces.length === 0) {
    throw new AppError("face-not-found", "No usable face was found in the picture.");
  }
  return { format: picture.format, faceBoxes: faces.map(({ box }) => wholeRect(box, picture)) };
}

async function findFaces(picture: Picture, args: CommandArguments): Promise<readonly Face[]> {
  const progress = createProgress();
  try {
    const { models } = await prepareModels(args, progress);
    progress.show("searching faces");
    await using finder = await createFaceFinder({ models });
    return (await finder.find(picture, { wanted: "all" })).faces;
  } finally {
    progress.clear();
  }
}

/** Rounds a box to whole px and to the picture: callers get it as integers from 0 on. */
function wholeRect(box: Rect, { width, height }: Picture): Rect {
  const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))];
  const right = Math.min(width, Math.round(box.x + box.width));
  const bottom = Math.min(height, Math.round(box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
