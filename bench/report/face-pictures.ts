import { writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { Picture } from "../../src/imaging/picture.ts";
import { meshBox } from "../metrics/face-window.ts";
import { cutOut, fitInto } from "../scoreboard/picture-files.ts";
import type { PreparedPair } from "../scoreboard/run-pair.ts";

/** Longest sides of the report's JPEG files, px: faces at 1:1 below that, faces in the table, whole pictures. */
const SIDES = { face: 1400, small: 240, whole: 1200 } as const;

/** A view's three files in the report's folder of pictures. */
export function pictureNames(
  pair: string,
  merge: number,
  view: string,
): { readonly face: string; readonly small: string; readonly whole: string } {
  const start = `${pair}-${merge + 1}-${view}`;
  return {
    face: `${start}.jpg`,
    small: `${start}-small.jpg`,
    // The faces of one pair share its pictures; each merge has a photo of its own.
    whole: view === "user" ? `${start}-whole.jpg` : `${pair}-${view}-whole.jpg`,
  };
}

/** Writes the photos of a pair: `user` and `template` of each merge. */
export async function saveSources(folder: string, prepared: PreparedPair): Promise<void> {
  for (const [merge, { user, template }] of prepared.merges.entries()) {
    await saveView(folder, pictureNames(prepared.pair.id, merge, "user"), user.picture, {
      mesh: user.face.mesh,
    });
    await saveView(folder, pictureNames(prepared.pair.id, merge, "template"), template.picture, {
      mesh: template.face.mesh,
    });
  }
}

/** Writes a method's result; cut where the template's faces are, so that both can be laid over each other. */
export async function saveResult(
  folder: string,
  prepared: PreparedPair,
  result: { readonly method: string; readonly picture: Picture },
): Promise<void> {
  for (const [merge, { template }] of prepared.merges.entries()) {
    const names = pictureNames(prepared.pair.id, merge, result.method);
    await saveView(folder, names, result.picture, { mesh: template.face.mesh });
  }
}

async function saveView(
  folder: string,
  names: ReturnType<typeof pictureNames>,
  picture: Picture,
  { mesh }: { readonly mesh: ArrayLike<number> },
): Promise<void> {
  const box = meshBox(mesh);
  const side = 1.5 * Math.max(box.width, box.height);
  const face = cutOut(picture, {
    x: box.x + box.width / 2 - side / 2,
    y: box.y + box.height / 2 - side / 2,
    width: side,
    height: side,
  });
  await saveJpeg(path.join(folder, names.face), await fitInto(face, SIDES.face), 92);
  await saveJpeg(path.join(folder, names.small), await fitInto(face, SIDES.small), 85);
  await saveJpeg(path.join(folder, names.whole), await fitInto(picture, SIDES.whole), 85);
}

async function saveJpeg(file: string, picture: Picture, quality: number): Promise<void> {
  const { width, height, data } = picture;
  const encoded = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: "4:4:4" })
    .toBuffer();
  await writeFile(file, encoded);
}
