import assert from "node:assert/strict";
import test from "node:test";
import sharp from "sharp";
import { decodePicture, encodePicture } from "../../../src/imaging/codec.ts";
import type { PictureFormat } from "../../../src/imaging/picture.ts";
import { readPictureHeader } from "../../../src/imaging/picture-header.ts";
import { AIGC_KEYS, AIGC_VALUE, aigcFieldOf } from "../../../src/labels/aigc-field.ts";
import { findLabels } from "../../../src/labels/find-labels.ts";
import { addImplicitLabel } from "../../../src/labels/implicit-label.ts";
import { DIGITAL_SOURCE_TYPE } from "../../../src/labels/xmp-packet.ts";
import { missing, readWith } from "../../support/outside-reader.ts";
import { AN_ORIGIN } from "../../support/result-origin.ts";

const FORMATS: readonly PictureFormat[] = ["jpeg", "png"];
const FIELD = JSON.stringify(aigcFieldOf(AN_ORIGIN));

async function aFile(format: PictureFormat): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 80 * 70 * 3 }, (_, i) => (i * 7) % 256);
  return encodePicture({ width: 80, height: 70, data }, { format });
}

/** One tag a group, as exiftool tells it. */
async function exiftool(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const [tags] = JSON.parse(await readWith("exiftool", ["-j", "-G1", "-a"], bytes));
  return tags;
}

for (const format of FORMATS) {
  test(`a ${format} carries the field in two places that agree, with all seven keys`, async () => {
    const file = await aFile(format);
    const labelled = addImplicitLabel(file, format, { origin: AN_ORIGIN });
    const found = findLabels(labelled, format);
    assert.equal(found.aigc.length, 2);
    for (const { field } of found.aigc) {
      assert.ok(field);
      assert.deepEqual(Object.keys(field), AIGC_KEYS);
      assert.equal(field.ProduceID, AN_ORIGIN.produceId);
      assert.ok(Object.values(field).every((value) => AIGC_VALUE.test(value)));
    }
    assert.deepEqual(found.xmp, [
      {
        aigc: FIELD,
        digitalSourceType: DIGITAL_SOURCE_TYPE,
        creatorTool: "Faceloom 0.0.0",
        createDate: "2026-01-02T03:04:05.000Z",
      },
    ]);
    assert.deepEqual(found.others, []);
  });

  test(`the label of a ${format} stands in its first bytes as plain text and leaves the pixels alone`, async () => {
    const file = await aFile(format);
    const labelled = Buffer.from(addImplicitLabel(file, format, { origin: AN_ORIGIN }));
    const start = labelled.subarray(0, 2048).toString("latin1");
    assert.equal(start.split(FIELD).length - 1, 2, "both carriers can be found by a search");
    assert.deepEqual(readPictureHeader(labelled), { format, width: 80, height: 70 });
    assert.deepEqual((await decodePicture(labelled)).data, (await decodePicture(file)).data);
    const keptFrom = format === "jpeg" ? 2 : 33;
    assert.ok(labelled.subarray(keptFrom - file.length).equals(file.subarray(keptFrom)));
  });

  test(`a caller's note and the label stand beside each other in a ${format}`, async () => {
    const note = { name: "标识", value: "人工智能 🙂\u0000\n".repeat(25) };
    const labelled = addImplicitLabel(await aFile(format), format, { origin: AN_ORIGIN, note });
    const { comments, aigc } = findLabels(labelled, format);
    assert.equal(aigc.length, 2);
    const label = format === "jpeg" ? { AIGC: aigcFieldOf(AN_ORIGIN) } : {};
    assert.equal(comments.length, 1);
    assert.match(comments[0]!, /^[\x20-\x7e]+$/);
    assert.deepEqual(JSON.parse(comments[0]!), { ...label, [note.name]: note.value });
    assert.ok((await sharp(labelled).metadata()).exif, "another decoder finds the EXIF block");
  });

  test(`a caller's note named AIGC does not contradict the label of a ${format}`, async () => {
    const note = { name: "AIGC", value: '{"Label":"3"}' };
    const labelled = addImplicitLabel(await aFile(format), format, { origin: AN_ORIGIN, note });
    const found = findLabels(labelled, format);
    const comment = JSON.parse(found.comments[0]!);
    assert.equal(comment["MetaData.AIGC"], note.value);
    for (const { field } of found.aigc.filter(({ carrier }) => carrier !== "EXIF UserComment")) {
      assert.deepEqual(field, aigcFieldOf(AN_ORIGIN));
    }
  });
}

test("exiftool reads the label of a JPEG, and warns of nothing", {
  skip: missing("exiftool"),
}, async () => {
  const tags = await exiftool(addImplicitLabel(await aFile("jpeg"), "jpeg", { origin: AN_ORIGIN }));
  assert.deepEqual(JSON.parse(String(tags["ExifIFD:UserComment"])), { AIGC: JSON.parse(FIELD) });
  assert.deepEqual(JSON.parse(String(tags["XMP-TC260:Aigc"])), JSON.parse(FIELD));
  assert.equal(tags["XMP-iptcExt:DigitalSourceType"], DIGITAL_SOURCE_TYPE);
  assert.equal(tags["XMP-xmp:CreatorTool"], "Faceloom 0.0.0");
  assert.deepEqual(
    Object.keys(tags).filter((name) => /Warning|Error/.test(name)),
    [],
  );
});

test("exiftool reads the label of a PNG, and warns of nothing", {
  skip: missing("exiftool"),
}, async () => {
  const tags = await exiftool(addImplicitLabel(await aFile("png"), "png", { origin: AN_ORIGIN }));
  assert.deepEqual(JSON.parse(String(tags["PNG:AIGC"])), JSON.parse(FIELD));
  assert.deepEqual(JSON.parse(String(tags["XMP-TC260:Aigc"])), JSON.parse(FIELD));
  assert.equal(tags["XMP-iptcExt:DigitalSourceType"], DIGITAL_SOURCE_TYPE);
  assert.deepEqual(
    Object.keys(tags).filter((name) => /Warning|Error/.test(name)),
    [],
  );
});

test("pngcheck finds a PNG's labels uncompressed, in front of the pixels, with right checksums", {
  skip: missing("pngcheck"),
}, async () => {
  const note = { name: "a", value: "b" };
  const labelled = addImplicitLabel(await aFile("png"), "png", { origin: AN_ORIGIN, note });
  const said = await readWith("pngcheck", ["-v"], labelled);
  assert.match(said, /No errors detected/);
  const order = [...said.matchAll(/chunk (\w{4}) at/g)].map(([, type]) => type);
  assert.deepEqual(order.slice(0, 4), ["IHDR", "eXIf", "tEXt", "iTXt"]);
  assert.ok(order.indexOf("IDAT") > order.indexOf("iTXt"));
  assert.match(said, /chunk iTXt .*keyword: XML:com\.adobe\.xmp/);
  assert.match(said, /uncompressed, no language tag/);
  assert.doesNotMatch(said, /zTXt|[^n]compressed/);
});
