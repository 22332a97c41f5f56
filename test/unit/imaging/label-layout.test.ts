import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { LABEL_GLYPHS } from "../../../src/imaging/label-glyphs.ts";
import {
  layoutCornerLabel,
  layoutLabelIn,
  placeCharacters,
} from "../../../src/imaging/label-layout.ts";
import { LABEL_LANGUAGES, LABEL_TEXTS } from "../../../src/imaging/label-text.ts";

const side = fc.integer({ min: 64, max: 8000 });

test("in every allowed picture the plate and the text lie inside, at least 5 % of the short side high", () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom(...LABEL_LANGUAGES), (width, height, language) => {
      const layout = layoutCornerLabel(width, height, language);
      const { plate, emPx, text } = layout;
      assert.ok(plate.x >= 0 && plate.x + plate.width <= width);
      assert.ok(plate.y >= 0 && plate.y + plate.height <= height);
      assert.ok(text.character * emPx >= 0.05 * Math.min(width, height));
      assert.ok(emPx >= 10);
      for (const { character, x, y } of placeCharacters(layout)) {
        const advance = (LABEL_GLYPHS[character]!.advance / 1000) * emPx;
        assert.ok(x >= plate.x && x + advance <= plate.x + plate.width + 1);
        assert.ok(y - text.above * emPx >= plate.y - 1);
        assert.ok(y + text.below * emPx <= plate.y + plate.height + 1);
      }
    }),
  );
});

test("the ink of every character stays within what its language is measured by", () => {
  for (const { wrappings, above, below } of Object.values(LABEL_TEXTS)) {
    for (const character of wrappings[0][0]) {
      const points = LABEL_GLYPHS[character]!.path.matchAll(/-?\d+ (-?\d+)/g);
      const heights = [...points].map(([, y]) => Number(y));
      // To a hundredth of an em, which the padding takes.
      assert.ok(Math.max(0, ...heights) <= 1000 * above + 10);
      assert.ok(Math.min(0, ...heights) >= -1000 * below - 10);
    }
  }
});

test("the text is whole and in order on one line and on two", () => {
  for (const width of [64, 400]) {
    const layout = layoutCornerLabel(width, 300);
    assert.equal(layout.lines.length, width === 64 ? 2 : 1);
    const text = placeCharacters(layout).map(({ character }) => character);
    assert.equal(text.join(""), "本图片为AI合成图片");
  }
});

test("in a caller's rectangle the text takes the wrapping that makes it larger, in the middle", () => {
  const flat = layoutLabelIn({ x: 10, y: 20, width: 300, height: 30 });
  const square = layoutLabelIn({ x: 10, y: 20, width: 100, height: 100 });
  assert.equal(flat.lines.length, 1);
  assert.equal(square.lines.length, 2);
  const [first] = placeCharacters(flat);
  const last = placeCharacters(flat).at(-1);
  assert.ok(first && last);
  const left = first.x - 10;
  const right = 310 - (last.x + flat.emPx);
  assert.ok(Math.abs(left - right) <= 2, `${left} px on the left, ${right} px on the right`);
});
