import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { SEED_SIDE_PX, seed } from "./seeds.ts";

/** Marks of random bytes that are put into everything a caller sends, to be looked for where nothing may be left. */
export interface Canaries {
  /** A face whose pixels hold one mark and whose metadata another. */
  readonly face: Buffer;
  /** A picture without a face with the same marks. */
  readonly faceless: Buffer;
  /** A text for addresses and parameters. */
  readonly text: string;
  /** Every form in which a mark could be met: as it is, and as base64 at any place. */
  readonly forms: readonly Buffer[];
}

/** Pixels of the mark: its 66 bytes are R G B of the seed's first row. */
const MARKED_BYTES = 66;

/** Makes new ones. */
export async function createCanaries(): Promise<Canaries> {
  const inPixels = randomBytes(MARKED_BYTES);
  const inMetadata = randomBytes(32).toString("hex");
  const text = randomBytes(32).toString("hex");
  const pixels = await (await seed()).raw().toBuffer();
  inPixels.copy(pixels);
  const raw = { width: SEED_SIDE_PX, height: SEED_SIDE_PX, channels: 3 as const };
  const write = (data: Buffer): Promise<Buffer> =>
    sharp(data, { raw })
      .withExif({ IFD0: { Copyright: inMetadata } })
      // Not compressed, so that the mark is in the file as it is in the decoded picture.
      .png({ compressionLevel: 0 })
      .toBuffer();
  const flat = Buffer.alloc(pixels.length, 0x80);
  inPixels.copy(flat);
  const marks = [inPixels, Buffer.from(inMetadata), Buffer.from(text)];
  return {
    face: await write(pixels),
    faceless: await write(flat),
    text,
    forms: [...marks, ...marks.flatMap(base64Forms)],
  };
}

/** How bytes look within a longer base64 text: by where they begin there are three ways. */
function base64Forms(mark: Buffer): readonly Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), mark]).toString("base64");
    // The first and the last group depend on the neighbours.
    return Buffer.from(text.slice(before === 0 ? 0 : 4, -4));
  });
}
