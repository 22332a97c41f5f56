import assert from "node:assert/strict";
import test, { after } from "node:test";
import sharp from "sharp";
import type { FaceWork } from "../../src/fusion/fusion-work.ts";
import { PER_FACE } from "../../src/fusion/pipeline.ts";
import type { Step } from "../../src/fusion/step.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { createRandom } from "../support/random.ts";
import {
  fuseCase,
  GOLDEN_CASES,
  type GoldenCase,
  openGoldenEngine,
  readReferences,
  signResult,
} from "./golden-cases.ts";
import { compareSignatures, exceeded, type SignatureDifference } from "./signature.ts";

const engine = await openGoldenEngine();
after(() => engine[Symbol.asyncDispose]());
const references = readReferences();

const HINT =
  "look with `npm run golden -- --pictures FOLDER`; if it is as wanted: `npm run golden -- --update`";

async function differenceOf(result: Picture, { name }: GoldenCase): Promise<SignatureDifference> {
  return compareSignatures(references[name]!, await signResult(engine, result));
}

function shown(difference: SignatureDifference): string {
  return JSON.stringify(difference, (_, v) => (typeof v === "number" ? Number(v.toFixed(3)) : v));
}

const results = new Map<GoldenCase, Picture>();
for (const one of GOLDEN_CASES) results.set(one, await fuseCase(engine, one));
const [first] = GOLDEN_CASES as unknown as readonly [GoldenCase];
const picture = results.get(first)!;

test("there is one reference for each case", () => {
  assert.deepEqual(
    Object.keys(references),
    GOLDEN_CASES.map(({ name }) => name),
  );
});

for (const [one, result] of results) {
  test(`${one.name} looks as it did`, async () => {
    const difference = await differenceOf(result, one);
    assert.deepEqual(exceeded(difference), [], `${shown(difference)}; ${HINT}`);
  });
}

/** A copy of a picture with each value passed through `change`. */
function changed(
  { width, height, data }: Picture,
  change: (value: number, x: number, y: number, channel: number) => number,
): Picture {
  return {
    ...{ width, height },
    data: data.map((value, i) => {
      const at = Math.floor(i / 3);
      const next = change(value, at % width, Math.floor(at / width), i % 3);
      return Math.min(255, Math.max(0, Math.round(next)));
    }),
  };
}

async function encoded({ width, height, data }: Picture): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** One level up or down on every tenth value. */
function oneOff(next: () => number): number {
  const drawn = next();
  return drawn < 0.05 ? 1 : drawn < 0.1 ? -1 : 0;
}

test("results that another machine rounds otherwise pass", async () => {
  const next = createRandom(11);
  for (const [one, result] of results) {
    const rounded = changed(result, (v) => v + oneOff(next));
    const difference = await differenceOf(rounded, one);
    assert.deepEqual(exceeded(difference), [], `${one.name}: ${shown(difference)}`);
  }
});

test("so do results of a template that another machine decodes and shrinks otherwise", async () => {
  const next = createRandom(12);
  for (const one of GOLDEN_CASES.filter((_, n) => n % 5 === 0)) {
    const result = await fuseCase(engine, one, async (template) => {
      const given = await decodePicture(template);
      return encoded(changed(given, (v) => v + oneOff(next)));
    });
    const difference = await differenceOf(result, one);
    assert.deepEqual(exceeded(difference), [], `${one.name}: ${shown(difference)}`);
  }
});

test("a cast of 4 levels in any channel, or in all, is caught", async () => {
  for (const channels of [[0], [1], [2], [0, 1, 2]]) {
    for (const by of [4, -4]) {
      const cast = changed(picture, (v, _x, _y, c) => (channels.includes(c) ? v + by : v));
      const over = exceeded(await differenceOf(cast, first));
      assert.ok(over.includes("colour"), `${by} in ${channels}: ${over}`);
    }
  }
});

test("a patch of 8 levels on a cheek is caught", async () => {
  const { faces } = await engine.finder.find(picture, { wanted: 1 });
  const [x0, y0] = [0, 1].map((k) => faces[0]!.mesh[3 * 205 + k]!) as [number, number];
  const patch = changed(picture, (v, x, y, c) =>
    c === 1 ? v + 8 * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / 400) : v,
  );
  assert.ok(exceeded(await differenceOf(patch, first)).includes("patch"));
});

test("a mouth that moved by 2 px is caught, to the side and down", async () => {
  const { faces } = await engine.finder.find(picture, { wanted: 1 });
  const [x0, y0] = [0, 1].map((k) => faces[0]!.mesh[3 * 13 + k]!) as [number, number];
  const { width, data } = picture;
  for (const [dx, dy] of [
    [2, 0],
    [0, 2],
  ] as const) {
    const moved = changed(picture, (v, x, y, c) =>
      Math.abs(x - x0) < 55 && Math.abs(y - y0) < 34
        ? data[3 * ((y - dy) * width + x - dx) + c]!
        : v,
    );
    const difference = await differenceOf(moved, first);
    assert.notDeepEqual(exceeded(difference), [], shown(difference));
  }
});

test("each step that finishes the face is missed when it is left out", async (t) => {
  const steps = PER_FACE as Step<FaceWork>[];
  for (const name of ["restore-features", "match-sharpness", "smooth-skin", "enhance-detail"]) {
    await t.test(name, async () => {
      const at = steps.findIndex((step) => step.name === name);
      assert.notEqual(at, -1);
      const [left] = steps.splice(at, 1);
      try {
        const caught: string[] = [];
        for (const one of GOLDEN_CASES.filter(({ modelType }) => modelType === 1)) {
          caught.push(...exceeded(await differenceOf(await fuseCase(engine, one), one)));
        }
        assert.notDeepEqual(caught, []);
      } finally {
        steps.splice(at, 0, left!);
      }
    });
  }
});
