import assert from "node:assert/strict";
import test from "node:test";
import { addLabel } from "../../../src/fusion/steps/add-label.ts";
import { decodePicture, encodePicture } from "../../../src/imaging/codec.ts";
import { layoutCornerLabel } from "../../../src/imaging/label-layout.ts";
import { findVisibleLabel } from "../../../src/labels/find-visible-label.ts";
import { demoPhoto } from "../../support/demo-photos.ts";

const photo = await demoPhoto(2);

for (const [language, text] of [
  ["zh", "本图片为AI合成图片"],
  ["en", "Synthesized by AI"],
] as const) {
  test(`the ${language} text is found with its place and size, also in a file`, async () => {
    const copy = { ...photo, data: photo.data.slice() };
    await addLabel(copy, { language });
    const { plate } = layoutCornerLabel(copy.width, copy.height, language);
    const found = findVisibleLabel(
      await decodePicture(await encodePicture(copy, { format: "jpeg" })),
    );
    assert.deepEqual([found?.text, found?.plate], [text, plate]);
    assert.ok(found && found.heightOfShortSide >= 0.05 && found.heightOfShortSide < 0.06);
  });
}

test("a picture without the text has none, whatever lies in its corner", async () => {
  for (const number of [1, 2, 3, 4, 5, 6]) {
    assert.equal(findVisibleLabel(await demoPhoto(number)), undefined);
  }
  assert.equal(
    findVisibleLabel({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) }),
    undefined,
  );
  assert.equal(findVisibleLabel({ width: 1, height: 1, data: new Uint8Array(3) }), undefined);
});
