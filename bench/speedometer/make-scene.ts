import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import sharp from "sharp";
import type { FaceFinder } from "../../src/faces/find-faces.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { cutOut } from "../scoreboard/picture-files.ts";

/** A square photo of one face and the size of the face in it. */
export interface FacePhoto {
  readonly picture: Picture;
  /** Longer side of the face's box, px. */
  readonly facePx: number;
}

const require = createRequire(import.meta.url);

/** Takes the largest face of one of face-api's demo photos, with its surroundings. */
export async function takeFace(finder: FaceFinder, name: string): Promise<FacePhoto> {
  const root = path.dirname(require.resolve("@vladmandic/face-api/package.json"));
  const picture = await decodePicture(await readFile(path.join(root, "demo", name)));
  const { faces } = await finder.find(picture, { wanted: "all" });
  const { box } = faces[0]!;
  const facePx = Math.max(box.width, box.height);
  const side = 1.3 * facePx;
  const square = cutOut(picture, {
    x: box.x + box.width / 2 - side / 2,
    y: box.y + box.height / 2 - side / 2,
    width: side,
    height: side,
  });
  return { picture: square, facePx };
}

/** How a scene's file is written. */
export type SceneFormat = "jpeg" | "progressive" | "png";

/** What a scene shows; the faces stand in rows of three at most, at equal distances. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Longer side of each face, px. */
  readonly facePx: number;
  readonly faces: number;
  readonly format: SceneFormat;
}

/** Makes a picture file with the face at the wanted size, once or several times, on an uneven background. */
export async function makeScene(
  face: FacePhoto,
  { width, height, facePx, faces, format }: Scene,
): Promise<Uint8Array> {
  const columns = Math.max(1, Math.min(3, faces));
  const rows = Math.max(1, Math.ceil(faces / columns));
  const cell = { width: Math.floor(width / columns), height: Math.floor(height / rows) };
  const patch = await scaledPatch(face, facePx / face.facePx, cell);
  const scene = unevenGround(width, height);
  for (let i = 0; i < faces; i++) {
    const left = (i % columns) * cell.width + ((cell.width - patch.width) >> 1);
    const top = Math.floor(i / columns) * cell.height + ((cell.height - patch.height) >> 1);
    for (let y = 0; y < patch.height; y++) {
      const row = patch.data.subarray(y * patch.width * 3, (y + 1) * patch.width * 3);
      scene.set(row, ((top + y) * width + left) * 3);
    }
  }
  const image = sharp(scene, { raw: { width, height, channels: 3 } });
  if (format === "png") return image.png({ compressionLevel: 3 }).toBuffer();
  return image.jpeg({ quality: 90, progressive: format === "progressive" }).toBuffer();
}

async function scaledPatch(
  { picture }: FacePhoto,
  scale: number,
  cell: { readonly width: number; readonly height: number },
): Promise<Picture> {
  const width = Math.min(cell.width, Math.round(picture.width * scale));
  const height = Math.min(cell.height, Math.round(picture.height * scale));
  const data = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .resize(width, height, { fit: "cover" })
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** Waves of several lengths with fine grain: nothing that a detector could skip as flat, nothing like a face. */
function unevenGround(width: number, height: number): Uint8Array {
  const ground = new Uint8Array(width * height * 3);
  const waves = Float32Array.from(
    { length: width },
    (_, x) => 30 * Math.sin(x / 170) + 15 * Math.sin(x / 23),
  );
  let noise = 12345;
  for (let y = 0; y < height; y++) {
    const level = 120 + 30 * Math.sin(y / 210) + 15 * Math.sin(y / 31);
    for (let x = 0; x < width; x++) {
      noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
      const value = level + waves[(x + y) % width]! + (noise >>> 28);
      const at = (y * width + x) * 3;
      ground[at] = value + 10;
      ground[at + 1] = value;
      ground[at + 2] = value - 10;
    }
  }
  return ground;
}
