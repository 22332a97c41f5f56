import assert from "node:assert/strict";
import test from "node:test";
import { EYES } from "../../../../src/fusion/face-regions.ts";
import { chooseEyes, type EyeScene } from "../../../../src/fusion/features/restore-eyes.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../../src/fusion/fusion-options.ts";
import { tuneFusion } from "../../../../src/fusion/presets.ts";
import { eyeOpenness, type Mesh } from "../../../../src/fusion/shape/measure-face.ts";
import { faceWorkUntil } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [smiling, calm, asleep] = (await foundPortraits("smiling", "calm", "eyesClosed")) as [
  FoundPortrait,
  FoundPortrait,
  FoundPortrait,
];
const TUNING = tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType: 2 });

function chosen(template: Mesh, user: Mesh, more: Partial<EyeScene> = {}) {
  return chooseEyes({
    ...{ templateMesh: template, userMesh: user, user: calm.picture, tuning: TUNING },
    ...{ userShare: 1, shiftAt: () => [0, 0, 0] as const },
    ...more,
  });
}

/** The same face looking aside by a share of the eye's width, with either iris. */
function lookingAside(mesh: Mesh, share: number): Mesh {
  const moved = mesh.slice();
  for (const eye of EYES) {
    const [outer, inner] = [3 * EYES[0].lids[0]!, 3 * EYES[0].lids[8]!];
    moved[3 * eye.iris[0]!]! += share * (mesh[inner]! - mesh[outer]!);
  }
  return moved;
}

/** The same face with its upper lids drawn down to a share of the opening. */
function squinting(mesh: Mesh, share: number): Mesh {
  const moved = mesh.slice();
  for (const { lids } of EYES) {
    for (let upper = 1; upper < 8; upper++) {
      for (let k = 0; k < 3; k++) {
        const low = mesh[3 * lids[16 - upper]! + k]!;
        moved[3 * lids[upper]! + k] = low + share * (mesh[3 * lids[upper]! + k]! - low);
      }
    }
  }
  return moved;
}

test("eyes that look and open alike are the user's", () => {
  assert.equal(chosen(calm.face.mesh, calm.face.mesh), "user");
});

test("closed lids of the template stay, whatever the user's do and whatever is asked for", () => {
  for (const modelType of [1, 2, 3, 4, 5, 6] as const) {
    const tuning = tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType });
    assert.equal(chosen(asleep.face.mesh, smiling.face.mesh, { tuning }), "closed");
    assert.equal(chosen(asleep.face.mesh, asleep.face.mesh, { tuning }), "closed");
  }
});

test("closed lids of the user are never taken over open eyes", () => {
  for (const modelType of [1, 2, 3, 4, 5, 6] as const) {
    const tuning = tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType });
    assert.equal(chosen(smiling.face.mesh, asleep.face.mesh, { tuning }), "template");
  }
});

test("another gaze keeps the template's eyes", () => {
  assert.equal(chosen(calm.face.mesh, lookingAside(calm.face.mesh, 0.03)), "user");
  assert.equal(chosen(calm.face.mesh, lookingAside(calm.face.mesh, 0.12)), "template");
});

test("another openness keeps the template's eyes", () => {
  const narrow = squinting(calm.face.mesh, 0.6);
  for (const eye of EYES) assert.ok(eyeOpenness(narrow, eye) > 0.16);
  assert.equal(chosen(calm.face.mesh, squinting(calm.face.mesh, 0.9)), "user");
  assert.equal(chosen(calm.face.mesh, narrow), "template");
});

test("a photo that hardly shows an eye, or far too small, keeps the template's eyes", () => {
  assert.equal(chosen(calm.face.mesh, calm.face.mesh, { userShare: 0.5 }), "template");
  const tiny = calm.face.mesh.map((v) => v / 3);
  assert.equal(chosen(calm.face.mesh, tiny), "template");
});

test("model type 5 never takes the user's eyes, type 6 takes them whatever their gaze", () => {
  const never = { tuning: tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType: 5 }) };
  assert.equal(chosen(calm.face.mesh, calm.face.mesh, never), "template");
  const always = { tuning: tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType: 6 }) };
  assert.equal(chosen(calm.face.mesh, lookingAside(calm.face.mesh, 0.12), always), "user");
});

test("both eyes of a laughing face narrow together: one landmark's error makes no wink", () => {
  const half = squinting(calm.face.mesh, 0.5);
  const uneven = half.slice();
  for (const i of [...EYES[0].lids]) {
    for (let k = 3 * i; k < 3 * i + 3; k++) uneven[k] = squinting(calm.face.mesh, 0.6)[k]!;
  }
  for (const mesh of [half, uneven]) assert.equal(chosen(mesh, calm.face.mesh), "closed");
});

test("closed lids are the template's from the crease to the lashes, the skin below is the user's", async () => {
  const { layer } = await faceWorkUntil("restore-features", { template: asleep, user: smiling });
  const { mesh, width } = layer.canvas;
  const at = (i: number): number =>
    3 * (Math.floor(mesh[3 * i + 1]!) * width + Math.floor(mesh[3 * i]!));
  const difference = (i: number): number =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(layer.rgb[at(i) + c]! - layer.template[at(i) + c]!)));
  for (const eye of EYES) {
    for (const i of [eye.lids[4]!, eye.lids[12]!]) {
      assert.ok(difference(i) < 6, `point ${i} is ${difference(i)} levels off`);
    }
    const crease = difference(eye.ring1[4]!);
    assert.ok(crease < 16, `the crease is ${crease} levels off`);
  }
  const cheeks = [50, 280, 117, 346].map(difference);
  assert.ok(Math.max(...cheeks) > 6, `cheeks: ${cheeks}`);
});

test("a wink stays a wink: lids are kept as soon as one eye is closed", () => {
  const wink = calm.face.mesh.slice();
  const closed = squinting(calm.face.mesh, 0.2);
  for (const i of EYES[0].lids) wink.set(closed.subarray(3 * i, 3 * i + 3), 3 * i);
  assert.equal(chosen(wink, calm.face.mesh), "closed");
});
