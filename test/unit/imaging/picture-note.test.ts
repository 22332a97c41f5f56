import assert from "node:assert/strict";
import test from "node:test";
import sharp from "sharp";
import { decodePicture, encodePicture } from "../../../src/imaging/codec.ts";
import type { PictureFormat } from "../../../src/imaging/picture.ts";
import { readPictureHeader } from "../../../src/imaging/picture-header.ts";
import { addPictureNote } from "../../../src/imaging/picture-note.ts";

const FORMATS: readonly PictureFormat[] = ["jpeg", "png"];

async function aFile(format: PictureFormat): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 80 * 70 * 3 }, (_, i) => (i * 7) % 256);
  return encodePicture({ width: 80, height: 70, data }, { format });
}

/** The comment as libvips finds it, read by TIFF offsets: its entry stands last in the second directory. */
async function commentOf(file: Uint8Array): Promise<string> {
  const { exif } = await sharp(file).metadata();
  assert.ok(exif, "the decoder found no EXIF");
  const tiff = exif.subarray(exif.indexOf("MM\0\x2a"));
  const directory = tiff.readUInt32BE(8 + 2 + 8);
  const entry = directory + 2 + 12;
  assert.equal(tiff.readUInt16BE(entry), 0x9286);
  const at = tiff.readUInt32BE(entry + 8);
  return tiff.toString("latin1", at, at + tiff.readUInt32BE(entry + 4));
}

for (const format of FORMATS) {
  test(`a note in a ${format} is found by another decoder and leaves the pixels alone`, async () => {
    const file = await aFile(format);
    const noted = addPictureNote(file, format, { name: "AIGC", value: 'Label "1"' });
    assert.equal(await commentOf(noted), 'ASCII\0\0\0{"AIGC":"Label \\"1\\""}');
    assert.deepEqual(readPictureHeader(noted), { format, width: 80, height: 70 });
    assert.deepEqual((await decodePicture(noted)).data, (await decodePicture(file)).data);
  });

  test(`any text survives in a ${format}, in ASCII`, async () => {
    const note = { name: "标识", value: "人工智能 🙂\u0000\n".repeat(25) };
    const comment = await commentOf(addPictureNote(await aFile(format), format, note));
    assert.match(comment, /^ASCII\0\0\0[\x20-\x7e]+$/);
    assert.deepEqual(JSON.parse(comment.slice(8)), { [note.name]: note.value });
  });
}

test("a JPEG has the note behind its first marker and in front of everything else", async () => {
  const file = await aFile("jpeg");
  const noted = addPictureNote(file, "jpeg", { name: "a", value: "b" });
  assert.deepEqual([...noted.subarray(0, 4)], [0xff, 0xd8, 0xff, 0xe1]);
  assert.ok(
    Buffer.from(noted)
      .subarray(-file.length + 2)
      .equals(file.subarray(2)),
  );
});
