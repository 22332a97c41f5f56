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

/** Makes a JPEG of the wanted size with the face at the wanted size in the middle of an uneven background. */
export async function makeScene(
  face: FacePhoto,
  facePx: number,
  size: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const scale = facePx / face.facePx;
  const width = Math.min(size.width, Math.round(face.picture.width * scale));
  const height = Math.min(size.height, Math.round(face.picture.height * scale));
  const patch = await sharp(face.picture.data, {
    raw: { width: face.picture.width, height: face.picture.height, channels: 3 },
  })
    .resize(width, height, { fit: "cover" })
    .raw()
    .toBuffer();
  const scene = unevenGround(size.width, size.height);
  const left = (size.width - width) >> 1;
  const top = (size.height - height) >> 1;
  for (let y = 0; y < height; y++) {
    const row = patch.subarray(y * width * 3, (y + 1) * width * 3);
    scene.set(row, ((top + y) * size.width + left) * 3);
  }
  return sharp(scene, { raw: { ...size, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
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
