import assert from "node:assert/strict";
import test from "node:test";
import { addLabel } from "../../../../src/fusion/steps/add-label.ts";
import { encodePicture } from "../../../../src/imaging/codec.ts";
import { inkOf } from "../../../../src/imaging/draw-label.ts";
import { layoutCornerLabel } from "../../../../src/imaging/label-layout.ts";
import { LABEL_LANGUAGES, type LabelLanguage } from "../../../../src/imaging/label-text.ts";
import type { Picture, Rect } from "../../../../src/imaging/picture.ts";

const BACKGROUNDS = {
  black: () => 0,
  white: () => 255,
  grey: () => 128,
  stripes: stripeSource(),
  // A fixed sequence: noise that is the same on every run (Park and Miller's generator).
  noise: noiseSource(),
};

const SIZES = [
  [64, 64],
  [100, 64],
  [64, 1000],
  [120, 90],
  [300, 300],
  [1000, 700],
  [3000, 64],
  [8000, 64],
  [64, 8000],
] as const;

function noiseSource(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state % 256;
  };
}

/** Pairs of white and of black pixels: as fine as strokes. */
function stripeSource(): () => number {
  let count = 0;
  return () => (Math.floor(count++ / 6) % 2 === 0 ? 255 : 0);
}

function filled(width: number, height: number, value: () => number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = value();
  return { width, height, data };
}

/** Relative luminance of a pixel (WCAG 2.2). */
function luminance(picture: Picture, x: number, y: number): number {
  const at = (y * picture.width + x) * 3;
  const [r, g, b] = [...picture.data.subarray(at, at + 3)].map((v) => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** The smallest rectangle around all pixels that differ, or undefined. */
function changed(before: Picture, after: Picture): Rect | undefined {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1];
  for (let i = 0; i < before.data.length; i++) {
    if (before.data[i] === after.data[i]) continue;
    const x = Math.floor(i / 3) % before.width;
    const y = Math.floor(i / 3 / before.width);
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
  }
  return x1 < 0 ? undefined : { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

async function labelled(
  width: number,
  height: number,
  value: () => number,
  language: LabelLanguage = "zh",
) {
  const before = filled(width, height, value);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { language });
  return { before, after };
}

for (const language of LABEL_LANGUAGES) {
  for (const [width, height] of SIZES) {
    test(`on black, the ${language} text is at least 5 % of the short side of ${width}x${height}, at the lower right`, async () => {
      const { before, after } = await labelled(width, height, BACKGROUNDS.black, language);
      const box = changed(before, after);
      assert.ok(box);
      const { lines, text } = layoutCornerLabel(width, height, language);
      // What counts is a capital letter, not the descender of a "y".
      const counted = text.character / (text.above + text.below);
      const lineHeight = (box.height / lines.length) * Math.min(1, counted);
      assert.ok(lineHeight >= 0.05 * Math.min(width, height), `ink of ${lineHeight} px a line`);
      assert.ok(box.height / lines.length >= 9, `ink of ${box.height} px is too small to read`);
      assert.ok(box.x + box.width / 2 >= width / 2 - 3 && box.y + box.height / 2 > height / 2);
      assert.ok(box.x >= 0 && box.x + box.width <= width);
    });

    for (const [name, value] of Object.entries(BACKGROUNDS)) {
      test(`the ${language} text has a contrast of 3 : 1 and more on ${name} at ${width}x${height}`, async () => {
        const { after } = await labelled(width, height, value, language);
        const layout = layoutCornerLabel(width, height, language);
        const ink = inkOf(layout, layout.plate);
        const meanWhere = (isMeant: (covered: number) => boolean): number => {
          const places = [...ink.data.keys()].filter((i) => isMeant(ink.data[i]!));
          const levels = places.map((i) => {
            const x = layout.plate.x + (i % ink.width);
            return luminance(after, x, layout.plate.y + Math.floor(i / ink.width));
          });
          return levels.reduce((sum, level) => sum + level, 0) / levels.length;
        };
        // The middle of strokes, of which thin ones cover two thirds of a pixel, against what no stroke touches.
        const stroke = meanWhere((covered) => covered > 0.65);
        const ground = meanWhere((covered) => covered === 0);
        assert.ok((stroke + 0.05) / (ground + 0.05) >= 3, `${stroke} on ${ground}`);
      });
    }
  }
}

test("nothing outside the label's plate changes", async () => {
  const { before, after } = await labelled(400, 300, BACKGROUNDS.noise);
  const { plate } = layoutCornerLabel(400, 300);
  assert.deepEqual(changed(before, after), plate);
});

test("the largest picture gets text of 5 % of its short side", () => {
  const { emPx, plate } = layoutCornerLabel(8000, 8000);
  assert.ok(emPx * 0.92 >= 400);
  assert.ok(plate.x > 0 && plate.x + plate.width < 8000 && plate.y + plate.height < 8000);
});

test("a label with only a rectangle puts the default text there", async () => {
  const before = filled(400, 300, () => 200);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { rect: { x: 20, y: 30, width: 200, height: 40 } });
  assert.deepEqual(changed(before, after), { x: 20, y: 30, width: 200, height: 40 });
  assert.ok(after.data.includes(255));
});

test("a rectangle over the border keeps the text's part inside", async () => {
  const before = filled(200, 200, () => 200);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { rect: { x: 100, y: 180, width: 300, height: 60 } });
  assert.deepEqual(changed(before, after), { x: 100, y: 180, width: 100, height: 20 });
});

test("a rectangle outside the picture draws nothing", async () => {
  const before = filled(100, 100, () => 200);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { rect: { x: 300, y: 0, width: 50, height: 50 } });
  assert.equal(changed(before, after), undefined);
});

test("a label picture is stretched into its rectangle with its opacity", async () => {
  const logo = filled(64, 64, () => 255);
  const alpha = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 0 : 255));
  const image = await encodePicture(logo, { format: "png", alpha });
  const before = filled(300, 200, () => 10);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { image, rect: { x: 100, y: 50, width: 128, height: 40 } });
  const at = (x: number, y: number): number => after.data[(y * 300 + x) * 3]!;
  assert.equal(at(110, 60), 10);
  assert.equal(at(220, 60), 255);
  const box = changed(before, after);
  assert.ok(box && box.x >= 160 && box.x + box.width === 228 && box.y === 50 && box.height === 40);
});

test("a label picture without a rectangle sits in the lower right corner at its own size", async () => {
  const image = await encodePicture(
    filled(20, 12, () => 255),
    { format: "png" },
  );
  const before = filled(300, 200, () => 10);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { image });
  assert.deepEqual(changed(before, after), { x: 280, y: 188, width: 20, height: 12 });
});

test("a label picture that cannot be decoded is refused", async () => {
  await assert.rejects(
    addLabel(
      filled(100, 100, () => 0),
      { image: Uint8Array.of(1, 2, 3) },
    ),
    {
      reason: "picture-undecodable",
    },
  );
});

test("a label that is also in the corner covers a logo that would hide it", async () => {
  const image = await encodePicture(
    filled(64, 64, () => 255),
    { format: "png" },
  );
  const whole = { x: 0, y: 0, width: 400, height: 300 };
  const after = filled(400, 300, () => 10);
  await addLabel(after, { image, rect: whole, isAlsoInCorner: true });
  const { plate } = layoutCornerLabel(400, 300);
  assert.equal(luminance(after, 5, 5), 1);
  assert.ok(luminance(after, plate.x, plate.y) < 0.2, "the plate lies over the logo");
});

test("a rectangle outside the picture does not do away with a label that is also in the corner", async () => {
  const before = filled(400, 300, () => 10);
  const after = { ...before, data: before.data.slice() };
  await addLabel(after, { rect: { x: 900, y: 0, width: 50, height: 50 }, isAlsoInCorner: true });
  assert.ok(changed(before, after));
});
