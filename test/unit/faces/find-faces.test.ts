import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Face, FoundFaces } from "../../../src/faces/face.ts";
import { createFaceFinder } from "../../../src/faces/find-faces.ts";
import { sharedArea01 } from "../../../src/faces/rectangles.ts";
import type { Picture, Rect } from "../../../src/imaging/picture.ts";
import {
  cutOut,
  DEMO_PHOTO_FACES,
  demoPhoto,
  placeOnCanvas,
  shrink,
  turnQuarters,
} from "../../support/demo-photos.ts";
import { testModels } from "../../support/test-models.ts";

const finder = await createFaceFinder({ models: await testModels() });
after(() => finder[Symbol.asyncDispose]());

/** Half-size photos: faces of about 100 px, a quarter of the pixels. */
const photos = await Promise.all(
  [1, 2, 3, 4, 5, 6].map(async (number) => shrink(await demoPhoto(number), 0.5)),
);
const found: FoundFaces[] = [];
for (const photo of photos) found.push(await finder.find(photo, { wanted: "all" }));

/** The second photo shows one full profile. */
const USABLE_FACES = [3, 2, 3, 4, 5, 4];

function scaled(rect: Rect, factor: number): Rect {
  return {
    x: rect.x * factor,
    y: rect.y * factor,
    width: rect.width * factor,
    height: rect.height * factor,
  };
}

function assertSameFaces(actual: FoundFaces, expected: readonly Rect[], minShared01 = 0.7): void {
  assert.equal(actual.faces.length, expected.length);
  for (const rect of expected) {
    const best = Math.max(...actual.faces.map((face) => sharedArea01(face.box, rect)));
    assert.ok(best > minShared01, `a face at ${rect.x}, ${rect.y} is only met by ${best}`);
  }
}

function centreOf(face: Face, points: readonly number[]): [number, number] {
  const mean = (axis: number): number =>
    points.reduce((sum, point) => sum + face.mesh[point * 3 + axis]!, 0) / points.length;
  return [mean(0), mean(1)];
}

for (const [index, count] of USABLE_FACES.entries()) {
  const people = DEMO_PHOTO_FACES[index]!;
  test(`finds ${count} of ${people} faces in photo ${index + 1}, each with landmarks in its box`, () => {
    const { faces, rejected } = found[index]!;
    assert.equal(faces.length, count);
    assert.ok(rejected.length >= people - count);
    for (const face of faces) {
      assert.ok(face.flag01 >= 0.5 && face.score01 > 0.5);
      assert.equal(face.mesh.length, 478 * 3);
      const { box } = face;
      for (let i = 0; i < 468 * 3; i += 3) {
        assert.ok(face.mesh[i]! >= box.x && face.mesh[i]! <= box.x + box.width);
        assert.ok(face.mesh[i + 1]! >= box.y && face.mesh[i + 1]! <= box.y + box.height);
      }
    }
  });
}

test("reports the full profile as a face whose landmarks cannot be trusted", () => {
  const profile = found[1]!.rejected.find(({ why }) => why === "landmarks-untrusted");
  assert.ok(profile !== undefined && profile.box.width > 60);
  // It is the person at the left.
  assert.ok(profile.box.x < found[1]!.faces[0]!.box.x);
});

test("warming up changes nothing that is found", async () => {
  await using fresh = await createFaceFinder({ models: await testModels() });
  await fresh.warmUp();
  assert.deepEqual(await fresh.find(photos[0]!, { wanted: "all" }), found[0]);
});

test("lists faces by falling area", () => {
  const areas = found[4]!.faces.map(({ box }) => box.width * box.height);
  assert.deepEqual(
    areas,
    areas.toSorted((p, q) => q - p),
  );
});

test("irises lie between the lids' corners of upright and of turned heads", () => {
  for (const face of found.flatMap(({ faces }) => faces)) {
    for (const [iris, corners] of [
      [468, [33, 133]],
      [473, [263, 362]],
    ] as const) {
      const [x, y] = centreOf(face, [iris]);
      const [mx, my] = centreOf(face, corners);
      const [px, py] = centreOf(face, [corners[0]]);
      assert.ok(Math.hypot(x - mx, y - my) < Math.hypot(px - mx, py - my));
    }
  }
});

test("gives the same numbers for the same picture every time", async () => {
  const again = await finder.find(photos[3]!, { wanted: "all" });
  assert.deepEqual(again, found[3]);
});

for (const quarters of [1, 2, 3]) {
  test(`finds the same faces turned by ${quarters * 90} degrees, and their roll`, async () => {
    for (const index of [0, 4]) {
      const photo = photos[index]!;
      const turned = await finder.find(turnQuarters(photo, quarters), { wanted: "all" });
      assert.equal(turned.faces.length, found[index]!.faces.length);
      for (const face of found[index]!.faces) {
        const [x, y] = centreOf(face, [1]);
        const [tx, ty] = turnPoint([x, y], photo, quarters);
        const twin = turned.faces.find((other) => {
          const [nx, ny] = centreOf(other, [1]);
          return Math.hypot(nx - tx, ny - ty) < face.box.width * 0.06;
        });
        assert.ok(twin !== undefined, "the nose tip is where the turn puts it");
        const turn = twin.rollRad - face.rollRad - (quarters * Math.PI) / 2;
        assert.ok(Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) < 0.12);
      }
    }
  });
}

function turnPoint(
  [x, y]: readonly [number, number],
  { width, height }: Picture,
  quarters: number,
): [number, number] {
  if (quarters === 1) return [height - y, x];
  return quarters === 2 ? [width - x, height - y] : [y, width - x];
}

for (const widthPx of [48, 40, 36]) {
  test(`finds faces of ${widthPx} px where they were at full size`, async () => {
    for (const index of [2, 5]) {
      // Each face of the photo is brought to the size in turn, so that none is below it.
      const [face] = found[index]!.faces.toReversed();
      const factor = (widthPx * 1.2) / Math.max(face!.box.width, face!.box.height);
      const small = await finder.find(await shrink(photos[index]!, factor), { wanted: "all" });
      const expected = found[index]!.faces.map(({ box }) => scaled(box, factor));
      assertSameFaces(small, expected, 0.6);
    }
  });
}

test("reports faces below 34 px as too small", async () => {
  const face = found[2]!.faces[0]!;
  const factor = (30 * 1.2) / Math.max(face.box.width, face.box.height);
  const { faces, rejected } = await finder.find(await shrink(photos[2]!, factor), {
    wanted: "all",
  });
  assert.deepEqual(faces, []);
  assert.deepEqual(
    rejected.map(({ why }) => why),
    ["too-small", "too-small", "too-small"],
  );
});

test("finds small faces in a corner of a large empty canvas", async () => {
  const factor = 0.5;
  const small = await shrink(photos[2]!, factor);
  const place = { width: 5000, height: 4000, x: 5000 - small.width, y: 4000 - small.height };
  const result = await finder.find(placeOnCanvas(small, place), { wanted: 3 });
  const expected = found[2]!.faces.map(({ box }) => {
    const rect = scaled(box, factor);
    return { ...rect, x: rect.x + place.x, y: rect.y + place.y };
  });
  assertSameFaces(result, expected);
});

test("finds a face that overflows the picture", async () => {
  const photo = await demoPhoto(6);
  const face = scaled(found[5]!.faces[0]!.box, 2);
  const inner = {
    x: Math.round(face.x + face.width * 0.08),
    y: Math.round(face.y + face.height * 0.12),
    width: Math.round(face.width * 0.84),
    height: Math.round(face.height * 0.8),
  };
  const { faces } = await finder.find(cutOut(photo, inner), { wanted: 1 });
  assert.equal(faces.length, 1);
  assert.ok(faces[0]!.box.width > inner.width * 0.9);
});

test("finds the same landmarks in a picture enlarged to a face of 1600 px", async () => {
  const face = found[5]!.faces[0]!;
  const side = Math.round(Math.max(face.box.width, face.box.height) * 1.6);
  const part = cutOut(photos[5]!, {
    x: Math.max(0, Math.round(face.box.x - side * 0.2)),
    y: Math.max(0, Math.round(face.box.y - side * 0.2)),
    width: side,
    height: side,
  });
  const factor = Math.round((1600 * 1.6) / side);
  const { faces } = await finder.find(repeatPixels(part, factor), { wanted: 1 });
  const [own] = (await finder.find(part, { wanted: 1 })).faces;
  assert.equal(faces.length, 1);
  assertSameFaces({ faces, rejected: [] }, [scaled(own!.box, factor)], 0.9);
});

function repeatPixels({ width, height, data }: Picture, factor: number): Picture {
  const large = { width: width * factor, height: height * factor };
  const out = new Uint8Array(large.width * large.height * 3);
  for (let y = 0; y < large.height; y++) {
    for (let x = 0; x < large.width; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      out.set(data.subarray(from, from + 3), (y * large.width + x) * 3);
    }
  }
  return { ...large, data: out };
}

test("searches only around given rectangles, also loose and turned ones", async () => {
  const box = found[3]!.faces[2]!.box;
  const loose = {
    x: box.x - box.width * 0.3,
    y: box.y - box.height * 0.3,
    width: box.width * 1.6,
    height: box.height * 1.6,
  };
  for (const near of [[box], [loose]]) {
    const result = await finder.find(photos[3]!, { wanted: "all", near });
    assert.ok(result.faces.some((face) => sharedArea01(face.box, box) > 0.7));
    assert.ok(result.faces.length < found[3]!.faces.length);
  }
  const photo = turnQuarters(photos[3]!, 2);
  const turned = {
    ...box,
    x: photo.width - box.x - box.width,
    y: photo.height - box.y - box.height,
  };
  const result = await finder.find(photo, { wanted: 1, near: [turned] });
  assert.ok(result.faces.some((face) => sharedArea01(face.box, turned) > 0.7));
});

test("finds nothing in one colour, in noise and in stripes", async () => {
  const size = { width: 640, height: 480 };
  const pixel = (at: (x: number, y: number) => number): Picture => ({
    ...size,
    data: Uint8Array.from({ length: 640 * 480 * 3 }, (_, i) =>
      at(Math.floor(i / 3) % 640, Math.floor(i / 3 / 640)),
    ),
  });
  for (const picture of [
    pixel(() => 64),
    pixel((x, y) => (x * 7919 + y * 104729 + x * y * 31) % 256),
    pixel((x, y) => (((x >> 4) + (y >> 5)) % 2 === 0 ? 40 : 220)),
  ]) {
    assert.deepEqual(await finder.find(picture, { wanted: "all" }), { faces: [], rejected: [] });
  }
});
