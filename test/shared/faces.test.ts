import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test, { before } from "node:test";
import { createFaceFinder, type FaceFinder } from "../../src/faces/find-faces.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Rect } from "../../src/imaging/picture.ts";
import { testModels } from "../support/test-models.ts";
import { sharedData } from "./shared-data.ts";

/** A photo of the manifest; boxes are x y width height of the upright picture. */
interface Photo {
  readonly file: string;
  readonly faces: readonly {
    readonly bbox: readonly [number, number, number, number];
    readonly yaw: string;
  }[];
  readonly nonHumanFaces?: readonly { readonly kind: string }[];
  readonly tags: readonly string[];
}

interface Sought {
  readonly photo: Photo;
  readonly face: Photo["faces"][number];
  readonly isFound: boolean;
  readonly isReported: boolean;
}

/** The API's smallest face is 34 px; boxes drawn by hand are not exact, so certainty is asked for from here on. */
const SMALLEST_PX = 40;

const folder = sharedData("faces");
const photos: Photo[] = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));
const sought: Sought[] = [];
const extra: { readonly photo: Photo; readonly count: number }[] = [];

before(async () => {
  const finder = await createFaceFinder({ models: await testModels() });
  for (const photo of photos) await search(finder, photo);
  await finder[Symbol.asyncDispose]();
  for (const { photo, face } of sought.filter((s) => !s.isFound)) {
    console.log(`not found: ${photo.file} ${face.bbox.join(" ")} ${face.yaw}`);
  }
  for (const { photo, count } of extra) if (count) console.log(`extra: ${photo.file} ${count}`);
});

async function search(finder: FaceFinder, photo: Photo): Promise<void> {
  const picture = await decodePicture(await readFile(path.join(folder, photo.file)));
  const { faces, rejected } = await finder.find(picture, { wanted: "all" });
  const isAt = (face: Photo["faces"][number]) => (seen: { readonly box: Rect }) =>
    overlapShare(seen.box, face.bbox) > 0.3;
  for (const face of photo.faces) {
    const isFound = faces.some(isAt(face));
    sought.push({ photo, face, isFound, isReported: isFound || rejected.some(isAt(face)) });
  }
  const count = faces.filter((seen) => !photo.faces.some((face) => isAt(face)(seen))).length;
  extra.push({ photo, count });
}

function overlapShare(a: Rect, [x, y, w, h]: readonly [number, number, number, number]): number {
  const width = Math.min(a.x + a.width, x + w) - Math.max(a.x, x);
  const height = Math.min(a.y + a.height, y + h) - Math.max(a.y, y);
  const common = Math.max(0, width) * Math.max(0, height);
  return common / (a.width * a.height + w * h - common);
}

function share(list: readonly Sought[], is: (s: Sought) => boolean): number {
  return list.filter(is).length / list.length;
}

const isLarge = ({ face }: Sought): boolean => Math.min(face.bbox[2], face.bbox[3]) >= SMALLEST_PX;

test("finds nearly every face of the API's size that is not in profile", () => {
  const list = sought.filter((s) => isLarge(s) && s.face.yaw !== "profile");
  const recall = share(list, (s) => s.isFound);
  console.log(`recall, not in profile: ${recall.toFixed(3)} of ${list.length}`);
  assert.ok(recall >= 0.98, `${recall}`);
});

test("finds or at least reports faces in profile and faces about the smallest allowed size", () => {
  const list = sought.filter(
    (s) => (isLarge(s) && s.face.yaw === "profile") || (!isLarge(s) && s.face.bbox[3] >= 34),
  );
  const reported = share(list, (s) => s.isReported);
  console.log(`found or reported, profile or small: ${reported.toFixed(3)} of ${list.length}`);
  assert.ok(reported >= 0.9, `${reported}`);
});

test("finds no face in a landscape, a cat or a dog", () => {
  const empty = extra.filter(({ photo }) => photo.tags.includes("no-face"));
  assert.equal(empty.length, 3);
  assert.deepEqual(
    empty.filter(({ count }) => count > 0).map(({ photo }) => photo.file),
    [],
  );
});

test("finds hardly anything where the manifest names no face", () => {
  // Statues, cartoons and paintings are faces to a detector: a swap there is wrong or a matter of taste.
  const real = extra.filter(({ photo }) => (photo.nonHumanFaces ?? []).length === 0);
  const count = real.reduce((sum, entry) => sum + entry.count, 0);
  console.log(`faces that the manifest does not name: ${count}`);
  assert.ok(count <= 1, `${count}`);
});
