import { readFile } from "node:fs/promises";
import path from "node:path";
import { type CanonicalFace, loadCanonicalFace } from "../../src/faces/canonical-face.ts";
import { chooseFace } from "../../src/faces/choose-face.ts";
import type { Face } from "../../src/faces/face.ts";
import { createFaceFinder, type FaceFinder } from "../../src/faces/find-faces.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture, PictureFormat, Rect } from "../../src/imaging/picture.ts";
import { ensureModels } from "../../src/models/ensure-models.ts";
import { createRecognitionJudge, type RecognitionJudge } from "../judges/recognition-judge.ts";
import type { SeenFace } from "./measure-face.ts";

/** A photo of the data folder. */
export interface Photo {
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  readonly picture: Picture;
}

/** What is needed to look at photos: the product's finder, its face geometry and the judge. */
export interface PhotoLab extends AsyncDisposable {
  readonly canonical: CanonicalFace;
  readonly finder: FaceFinder;
  readonly judge: RecognitionJudge;
  readPhoto(file: string): Promise<Photo>;
  /** The face in (or nearest to) a rectangle, or the largest; throws the finder's AppErrors. */
  faceIn(picture: Picture, rect: Rect | undefined): Promise<SeenFace>;
  embed(seen: SeenFace): Promise<readonly number[]>;
}

/** Photos of phone size are kept decoded only as long as a few others have not come. */
const KEPT_PHOTOS = 4;

/** Opens a lab on a data folder; builds the models when they are not there. */
export async function openPhotoLab(data: string, modelsDir: string): Promise<PhotoLab> {
  const models = await ensureModels({ modelsDir });
  const finder = await createFaceFinder({ models, threads: 1 });
  const judge = await createRecognitionJudge();
  const canonical = await loadCanonicalFace(models);
  const photos = new Map<string, Photo>();
  return {
    canonical,
    finder,
    judge,
    async readPhoto(file) {
      const photo = photos.get(file) ?? (await loadPhoto(path.join(data, file)));
      photos.delete(file);
      photos.set(file, photo);
      if (photos.size > KEPT_PHOTOS) photos.delete(photos.keys().next().value!);
      return photo;
    },
    async faceIn(picture, rect) {
      const found = await finder.find(picture, { wanted: 1, ...(rect ? { near: [rect] } : {}) });
      return { picture, face: chooseFace(found, rect ? { rect } : {}) };
    },
    embed: async (seen) => [...(await judge.embed(seen.picture, seen.face.mesh))],
    [Symbol.asyncDispose]: () => finder[Symbol.asyncDispose](),
  };
}

async function loadPhoto(file: string): Promise<Photo> {
  const bytes = await readFile(file);
  const { format, ...picture } = await decodePicture(bytes);
  return { bytes, format, picture };
}

/** The result's face at a template face's place, when the finder still sees one there. */
export async function findAgain(
  lab: PhotoLab,
  result: Picture,
  wanted: Face,
): Promise<SeenFace | undefined> {
  const found = await lab.finder.find(result, { wanted: 1, near: [wanted.box] });
  const face = found.faces.find((candidate) => overlapShare(candidate.box, wanted.box) > 0.4);
  return face && { picture: result, face };
}

/** Intersection over union of two boxes. */
function overlapShare(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const common = Math.max(0, width) * Math.max(0, height);
  return common / (a.width * a.height + b.width * b.height - common);
}
