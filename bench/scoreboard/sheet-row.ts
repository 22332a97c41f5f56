import type { Picture } from "../../src/imaging/picture.ts";
import { meshBox } from "../metrics/face-window.ts";
import { cutOut, fitInto, layOut } from "./picture-files.ts";

/** One picture of a row, with the face that it is about. */
export interface RowPicture {
  readonly picture: Picture;
  readonly mesh: ArrayLike<number>;
}

/** Side of the squares that hold a whole picture, and of those that hold a face, px. */
const CELL_PX = { whole: 460, face: 512 } as const;
const GAP_PX = 6;

/** Draws user, template and result side by side, and below them their faces, at 1:1 where they are at most 512 px. */
export async function drawRow(pictures: readonly RowPicture[]): Promise<Picture> {
  const wholes = await Promise.all(pictures.map((p) => fitInto(p.picture, CELL_PX.whole)));
  const faces = await Promise.all(pictures.map((p) => faceOf(p)));
  const heights = [wholes, faces].map((line) => Math.max(...line.map((p) => p.height)));
  const width = pictures.length * (CELL_PX.face + GAP_PX) + GAP_PX;
  const parts = [wholes, faces].flatMap((line, n) =>
    line.map((picture, i) => ({
      picture,
      x: GAP_PX + i * (CELL_PX.face + GAP_PX),
      y: GAP_PX + n * (heights[0]! + GAP_PX),
    })),
  );
  return layOut({ width, height: heights[0]! + heights[1]! + 3 * GAP_PX }, parts);
}

async function faceOf({ picture, mesh }: RowPicture): Promise<Picture> {
  const box = meshBox(mesh);
  const side = 1.5 * Math.max(box.width, box.height);
  const cut = cutOut(picture, {
    x: box.x + box.width / 2 - side / 2,
    y: box.y + box.height / 2 - side / 2,
    width: side,
    height: side,
  });
  return fitInto(cut, CELL_PX.face);
}

/** Stacks rows (of any height) into one picture. */
export function stackRows(rows: readonly Picture[]): Picture {
  const width = Math.max(...rows.map((row) => row.width));
  let y = 0;
  const parts = rows.map((picture) => {
    const part = { picture, x: 0, y };
    y += picture.height + 2 * GAP_PX;
    return part;
  });
  return layOut({ width, height: y }, parts);
}
