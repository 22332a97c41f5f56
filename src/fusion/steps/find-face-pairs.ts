import { isAppError } from "../../base/app-error.ts";
import { chooseFace } from "../../faces/choose-face.ts";
import type { Face, FaceQuery, FoundFaces } from "../../faces/face.ts";
import type { FaceFinder } from "../../faces/find-faces.ts";
import type { Picture } from "../../imaging/picture.ts";
import type { Merge } from "../fusion-request.ts";
import type { FacePair, FusionWork } from "../fusion-work.ts";
import { choosePhoto, type UserPhoto } from "../quality/choose-photo.ts";
import type { Step } from "../step.ts";

/** Finds the faces on both sides and pairs them. */
export const findFacePairs: Step<FusionWork> = {
  name: "find-faces",
  describe:
    "Finds the faces in all pictures and pairs each user face with a template face, by rectangle or by size.",
  async run(work) {
    const { merges } = work.request;
    const targets = await templateFaces(work, merges);
    const seen = new Map<Picture, FoundFaces>();
    const pairs: FacePair[] = [];
    for (const i of merges.keys()) {
      const photos = await findUserFaces(work, i, seen);
      const template = { picture: work.template, face: targets[i]! };
      const chosen = photos.length > 1 ? choosePhoto(photos, template) : photos[0];
      const { picture, face } = chosen!;
      pairs.push({ merge: i, user: picture, userFace: face, templateFace: targets[i]! });
    }
    work.pairs = pairs.toSorted((a, b) => boxArea(b.templateFace) - boxArea(a.templateFace));
  },
};

/** The template face of each merge: those with a rectangle choose first, the others take the largest left over. */
async function templateFaces(work: FusionWork, merges: readonly Merge[]): Promise<Face[]> {
  const found = await work.finder.find(work.template, templateQuery(merges));
  const chosen = new Array<Face>(merges.length);
  const taken: Face[] = [];
  const withRectFirst = [...merges.keys()].sort(
    (a, b) => Number(!merges[a]!.templateFaceRect) - Number(!merges[b]!.templateFaceRect),
  );
  for (const i of withRectFirst) {
    const rect = merges[i]!.templateFaceRect;
    chosen[i] = chooseFace(found, rect ? { rect, taken } : { taken });
    taken.push(chosen[i]!);
  }
  return chosen;
}

function templateQuery(merges: readonly Merge[]): FaceQuery {
  const rects = merges.flatMap((merge) => merge.templateFaceRect ?? []);
  if (rects.length === merges.length) return { wanted: merges.length, near: rects };
  return { wanted: rects.length === 0 ? merges.length : "all" };
}

/** The merge's face in each of its photos; a photo more without a usable face is left out. */
async function findUserFaces(
  work: FusionWork,
  i: number,
  seen: Map<Picture, FoundFaces>,
): Promise<UserPhoto[]> {
  const merge = work.request.merges[i]!;
  const photos: UserPhoto[] = [];
  const faults: unknown[] = [];
  for (const [n, picture] of work.users[i]!.entries()) {
    try {
      const face = await findUserFace(work.finder, picture, n === 0 ? merge : {}, seen);
      photos.push({ picture, face });
    } catch (error) {
      if (!isAppError(error)) throw error;
      faults.push(error);
    }
  }
  if (photos.length === 0) throw faults[0];
  return photos;
}

async function findUserFace(
  finder: FaceFinder,
  user: Picture,
  merge: Pick<Merge, "userFaceRect">,
  seen: Map<Picture, FoundFaces>,
): Promise<Face> {
  const rect = merge.userFaceRect;
  if (rect) return chooseFace(await finder.find(user, { wanted: 1, near: [rect] }), { rect });
  const found = seen.get(user) ?? (await finder.find(user, { wanted: 1 }));
  seen.set(user, found);
  return chooseFace(found, {});
}

function boxArea(face: Face): number {
  return face.box.width * face.box.height;
}
