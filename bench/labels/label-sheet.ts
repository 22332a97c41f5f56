import sharp from "sharp";
import { addLabel } from "../../src/fusion/steps/add-label.ts";
import { LABEL_LANGUAGES } from "../../src/imaging/label-text.ts";
import type { Picture } from "../../src/imaging/picture.ts";

type Paint = (x: number, y: number) => readonly [number, number, number];

const grey = (level: number): readonly [number, number, number] => [level, level, level];

/** Backgrounds from easy to hard. */
const BACKGROUNDS: readonly Paint[] = [
  () => grey(0),
  () => grey(255),
  (x, y) => grey(((x * 7919 + y * 104729) ^ (x * y)) & 255),
  (x, y) => grey(((x >> 1) + (y >> 1)) % 2 === 0 ? 255 : 0),
  (x, y) => [(x * 2) & 255, (y * 3) & 255, 180],
];

const SIZES = [
  [64, 64],
  [100, 64],
  [64, 200],
  [120, 90],
  [300, 300],
  [400, 64],
] as const;

const CELL = { width: 410, height: 310 };

/** Writes a PNG with the visible label of each language on every background, in every size. */
export async function drawLabelSheet(file: string): Promise<void> {
  const rows = LABEL_LANGUAGES.flatMap((language) =>
    BACKGROUNDS.map((paint) => [language, paint] as const),
  );
  const parts: { input: Buffer; left: number; top: number }[] = [];
  for (const [row, [language, paint]] of rows.entries()) {
    for (const [column, [width, height]] of SIZES.entries()) {
      const picture = painted(width, height, paint);
      await addLabel(picture, { language });
      const raw = { width, height, channels: 3 as const };
      const input = await sharp(picture.data, { raw }).png().toBuffer();
      parts.push({ input, left: column * CELL.width, top: row * CELL.height });
    }
  }
  const [width, height] = [SIZES.length * CELL.width, rows.length * CELL.height];
  const sheet = sharp({ create: { width, height, channels: 3, background: "#558" } });
  await sheet.composite(parts).png().toFile(file);
}

function painted(width: number, height: number, paint: Paint): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(paint(i % width, Math.floor(i / width)), 3 * i);
  return { width, height, data };
}
