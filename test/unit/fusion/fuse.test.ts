import assert from "node:assert/strict";
import test, { after } from "node:test";
import sharp from "sharp";
import type { Face } from "../../../src/faces/face.ts";
import {
  EYES,
  LEFT_CHEEK,
  LIPS_INNER,
  LOWER_LIP_RINGS,
  OVAL,
  RIGID,
  UPPER_LIP_RINGS,
} from "../../../src/fusion/face-regions.ts";
import { createFusionEngine } from "../../../src/fusion/fuse.ts";
import {
  DEFAULT_FUSION_OPTIONS,
  type FusionOptions,
  type ModelType,
} from "../../../src/fusion/fusion-options.ts";
import type { FusionResult } from "../../../src/fusion/fusion-request.ts";
import { eyeOpenness, faceScale, mouthGap } from "../../../src/fusion/shape/measure-face.ts";
import { boxBlur } from "../../../src/imaging/box-blur.ts";
import { type DecodedPicture, decodePicture } from "../../../src/imaging/codec.ts";
import { fillPolygon, scaleOutline } from "../../../src/imaging/fill-polygon.ts";
import type { Picture, Rect } from "../../../src/imaging/picture.ts";
import { createPlane, type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { fitSimilarity } from "../../../src/imaging/similarity-transform.ts";
import { findLabels } from "../../../src/labels/find-labels.ts";
import { addImplicitLabel } from "../../../src/labels/implicit-label.ts";
import { aGroupPhoto, aPortrait, type Sitter } from "../../support/portraits.ts";
import { AN_ORIGIN } from "../../support/result-origin.ts";
import { TEST_MODELS_DIR } from "../../support/test-models.ts";

const engine = await createFusionEngine({ modelsDir: TEST_MODELS_DIR });
after(() => engine[Symbol.asyncDispose]());

/** No label, since it would be a change outside the face; otherwise what callers get by default. */
const PLAIN: FusionOptions = { ...DEFAULT_FUSION_OPTIONS, label: undefined };

/** Lays one sitter's face over another's portrait. */
async function fuseSitters(
  template: Sitter,
  user: Sitter,
  options: Partial<FusionOptions> = {},
): Promise<FusionResult> {
  return engine.fuse({
    template: await aPortrait(template),
    merges: [{ user: await aPortrait(user) }],
    options: { ...PLAIN, ...options },
    origin: AN_ORIGIN,
  });
}

async function faceIn(picture: Picture): Promise<Face> {
  const { faces } = await engine.finder.find(picture, { wanted: 1 });
  assert.ok(faces[0]);
  return faces[0];
}

/** The mean of an eye's openness on both sides. */
function openness({ mesh }: Face): number {
  return EYES.reduce((sum, eye) => sum + eyeOpenness(mesh, eye) / 2, 0);
}

/** Turn from one head to another, degrees. */
function turnBetween(from: Face, to: Face): number {
  const { rotation } = fitSimilarity(from.mesh, to.mesh, RIGID);
  const trace = rotation[0]! + rotation[4]! + rotation[8]!;
  return (Math.acos(Math.min(1, (trace - 1) / 2)) * 180) / Math.PI;
}

function grown(box: Rect, by: number): Rect {
  const { x, y, width, height } = box;
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** 1 inside the outline through some mesh points, scaled about its middle. */
function maskOf(picture: Picture, face: Face, points: readonly number[], factor = 1): Plane {
  const outline = points.flatMap((i) => [face.mesh[3 * i]!, face.mesh[3 * i + 1]!]);
  const plane = createPlane(picture.width, picture.height);
  fillPolygon(plane, scaleOutline(outline, factor));
  return plane;
}

/** Largest difference of the three channels, per pixel. */
function differences(a: Picture, b: Picture): Plane {
  assert.deepEqual([a.width, a.height], [b.width, b.height]);
  return planeFrom(a.width, a.height, (i) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[3 * i + c]! - b.data[3 * i + c]!))),
  );
}

function lumaOf(picture: Picture): Plane {
  const { width, height, data } = picture;
  return planeFrom(
    width,
    height,
    (i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!,
  );
}

/** Mean of a plane under a mask. */
function meanUnder(plane: Plane, mask: Plane): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < plane.data.length; i++) {
    sum += plane.data[i]! * mask.data[i]!;
    total += mask.data[i]!;
  }
  assert.ok(total > 0);
  return sum / total;
}

/** Mean square of luma detail of one or two pixels on a cheek. */
function cheekTexture(picture: Picture, mask: Plane): number {
  const luma = lumaOf(picture);
  const coarse = boxBlur(luma, 2);
  const { width, height } = luma;
  return meanUnder(
    planeFrom(width, height, (i) => (luma.data[i]! - coarse.data[i]!) ** 2),
    mask,
  );
}

function isIn(box: Rect, index: number, width: number): boolean {
  const [x, y] = [(index % width) + 0.5, Math.floor(index / width) + 0.5];
  return x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;
}

const first = await fuseSitters("smiling", "calm");
const template = await decodePicture(await aPortrait("smiling"));
const templateFace = await faceIn(template);

test("the result has the template's size and format", async () => {
  const picture = await decodePicture(first.image);
  assert.deepEqual([first.format, picture.format], ["png", "png"]);
  assert.deepEqual([first.width, first.height], [256, 256]);
  assert.deepEqual([picture.width, picture.height], [256, 256]);
  assert.equal(picture.alpha, undefined);
});

test("a JPEG template that lies on its side gives an upright JPEG without EXIF; every step is told and timed", async () => {
  const upright = sharp(await aPortrait("smiling")).extract({
    left: 0,
    top: 20,
    width: 256,
    height: 208,
  });
  const turned = await sharp(await upright.toBuffer())
    .rotate(270)
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const told: string[] = [];
  const result = await engine.fuse(
    {
      template: turned,
      merges: [{ user: await aPortrait("calm") }],
      options: PLAIN,
      origin: AN_ORIGIN,
    },
    { onStep: (name) => told.push(name) },
  );
  assert.deepEqual([result.format, result.width, result.height], ["jpeg", 256, 208]);
  const meta = await sharp(result.image).metadata();
  assert.deepEqual([meta.format, meta.width, meta.height], ["jpeg", 256, 208]);
  const labels = findLabels(result.image, "jpeg");
  assert.deepEqual(labels.others, []);
  assert.deepEqual(
    labels.aigc.map(({ field }) => field?.ProduceID),
    [AN_ORIGIN.produceId, AN_ORIGIN.produceId],
  );
  assert.deepEqual(told, Object.keys(result.stepMs));
  assert.ok(Object.values(result.stepMs).every((ms) => ms >= 0));
});

test("the fused face is found where the template's was, as open-mouthed, open-eyed and turned", async () => {
  const picture = await decodePicture(first.image);
  const fused = await faceIn(picture);
  const scale = faceScale(templateFace.mesh);
  for (const side of ["x", "y", "width", "height"] as const) {
    const moved = Math.abs(fused.box[side] - templateFace.box[side]) / scale;
    assert.ok(moved < 0.08, `${side} moved by ${moved} of the face`);
  }
  const gap = mouthGap(fused.mesh) - mouthGap(templateFace.mesh);
  assert.ok(Math.abs(gap) < 0.02, `mouth ${gap}`);
  const eyes = openness(fused) - openness(templateFace);
  assert.ok(Math.abs(eyes) < 0.06, `eyes ${eyes}`);
  const turn = turnBetween(templateFace, fused);
  assert.ok(turn < 8, `turned by ${turn} degrees`);
});

test("the face has become another one, and the change is not a few pixels", async () => {
  const change = differences(template, await decodePicture(first.image));
  assert.ok(meanUnder(change, maskOf(template, templateFace, OVAL, 0.8)) > 8);
});

test("the same request gives the same bytes, whatever was fused between", async () => {
  await fuseSitters("speaking", "leaning");
  const again = await fuseSitters("smiling", "calm");
  assert.ok(Buffer.from(again.image).equals(Buffer.from(first.image)));
});

test("two merges by rectangles change their two faces and no byte elsewhere", async () => {
  const { image, boxes } = await aGroupPhoto();
  const [untouched, ...chosen] = boxes as [Rect, Rect, Rect];
  const result = await engine.fuse({
    template: image,
    merges: [
      { user: await aPortrait("calm"), templateFaceRect: chosen[1] },
      { user: await aPortrait("whiteTeeth"), templateFaceRect: chosen[0] },
    ],
    options: PLAIN,
    origin: AN_ORIGIN,
  });
  const before = await decodePicture(image);
  const change = differences(before, await decodePicture(result.image));
  const { faces } = await engine.finder.find(before, { wanted: "all" });
  const overlap = (a: Rect, b: Rect): boolean =>
    Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < a.width / 2;
  const regions = faces
    .filter((face) => chosen.some((box) => overlap(box, face.box)))
    .map((face) => grown(face.box, 0.6 * faceScale(face.mesh)));
  assert.equal(regions.length, 2);
  for (const [i, v] of change.data.entries()) {
    if (v === 0) continue;
    assert.ok(
      regions.some((region) => isIn(region, i, change.width)),
      `pixel ${i}`,
    );
    assert.ok(!isIn(untouched, i, change.width));
  }
  for (const box of chosen) {
    const inside = planeFrom(change.width, change.height, (i) =>
      isIn(box, i, change.width) ? 1 : 0,
    );
    assert.ok(meanUnder(change, inside) > 4);
  }
});

test("a transparent template keeps its opacity to the byte", async () => {
  const opacity = Uint8Array.from({ length: 256 * 256 }, (_, i) => (i % 256 < 90 ? i % 90 : 255));
  const image = await sharp(await aPortrait("smiling"))
    .joinChannel(Buffer.from(opacity), { raw: { width: 256, height: 256, channels: 1 } })
    .png()
    .toBuffer();
  const result = await engine.fuse({
    template: image,
    merges: [{ user: await aPortrait("calm") }],
    options: PLAIN,
    origin: AN_ORIGIN,
  });
  const picture = await decodePicture(result.image);
  assert.deepEqual(picture.alpha, opacity);
  assert.ok(differences(picture, await decodePicture(first.image)).data.every((v) => v === 0));
});

test("closed eyes of the template stay closed though the user's are open", async () => {
  const sleeping = await faceIn(await decodePicture(await aPortrait("eyesClosed")));
  const result = await fuseSitters("eyesClosed", "smiling");
  const fused = await faceIn(await decodePicture(result.image));
  assert.ok(openness(sleeping) < 0.13 && openness(templateFace) > 0.28);
  // Measured lids of closed eyes differ by up to 0.04 between faces.
  assert.ok(openness(fused) < openness(sleeping) + 0.05, `${openness(fused)}`);
});

test("a user's JPEG that lies on its side gives the result of the upright one", async () => {
  const upright = await aPortrait("calm", { format: "jpeg" });
  const turned = await sharp(await aPortrait("calm"))
    .rotate(270)
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const fusedWith = async (user: Uint8Array): Promise<DecodedPicture> => {
    const request = {
      template: await aPortrait("smiling"),
      merges: [{ user }],
      options: PLAIN,
      origin: AN_ORIGIN,
    };
    return decodePicture((await engine.fuse(request)).image);
  };
  const change = differences(await fusedWith(upright), await fusedWith(turned));
  const mean = meanUnder(change, maskOf(template, templateFace, OVAL));
  // Both files were compressed on their own: the faces' landmarks differ by a fraction of a pixel.
  assert.ok(mean < 3, `the faces differ by ${mean} levels`);
});

for (const modelType of [2, 3, 4, 5, 6] satisfies ModelType[]) {
  test(`model type ${modelType} fuses a face of its own kind`, async () => {
    const result = await fuseSitters("smiling", "calm", { modelType });
    const picture = await decodePicture(result.image);
    const inside = maskOf(template, templateFace, OVAL);
    assert.ok(meanUnder(differences(template, picture), inside) > 4);
    assert.ok(meanUnder(differences(await decodePicture(first.image), picture), inside) > 0.2);
    assert.ok(turnBetween(templateFace, await faceIn(picture)) < 8);
  });
}

test("a template rectangle beside the face is face-not-found, and so is one on the user's picture", async () => {
  const request = {
    template: await aPortrait("smiling"),
    merges: [{ user: await aPortrait("calm") }],
    options: PLAIN,
    origin: AN_ORIGIN,
  };
  const corner = { x: 0, y: 0, width: 30, height: 30 };
  for (const side of ["templateFaceRect", "userFaceRect"] as const) {
    const merges = [{ ...request.merges[0]!, [side]: corner }];
    await assert.rejects(engine.fuse({ ...request, merges }), { reason: "face-not-found" });
  }
});

test("more merges than faces, and a picture without a face, are face-not-found", async () => {
  const face = await aPortrait("smiling");
  const user = await aPortrait("calm");
  const wall = await sharp({
    create: { width: 200, height: 160, channels: 3, background: "#a98" },
  })
    .png()
    .toBuffer();
  for (const [template, merges] of [
    [face, [{ user }, { user }]],
    [wall, [{ user }]],
    [face, [{ user: wall }]],
  ] as const) {
    await assert.rejects(engine.fuse({ template, merges, options: PLAIN, origin: AN_ORIGIN }), {
      reason: "face-not-found",
    });
  }
});

test("smoothing calms the skin's texture and enhancement raises it", async () => {
  const cheek = maskOf(template, templateFace, LEFT_CHEEK, 0.8);
  const textureAt = async (smoothStrength: number, enhanceStrength: number): Promise<number> => {
    const result = await fuseSitters("smiling", "calm", { smoothStrength, enhanceStrength });
    return cheekTexture(await decodePicture(result.image), cheek);
  };
  const plain = await textureAt(0, 0);
  const smooth = await textureAt(1, 0);
  const enhanced = await textureAt(0, 1);
  assert.ok(smooth < 0.8 * plain, `${smooth} after ${plain}`);
  assert.ok(enhanced > 1.05 * plain, `${enhanced} after ${plain}`);
});

test("enhanced teeth are brighter, and nothing outside the mouth changes", async () => {
  const fusedWith = async (enhanceTeeth: boolean): Promise<DecodedPicture> =>
    decodePicture((await fuseSitters("whiteTeeth", "calm", { enhanceTeeth })).image);
  const [dull, bright] = [await fusedWith(false), await fusedWith(true)];
  const mouthOwner = await faceIn(dull);
  const mouth = maskOf(dull, mouthOwner, LIPS_INNER);
  // The mouth is measured on the result; its landmarks are a pixel or two off those it was drawn with.
  const around = maskOf(dull, mouthOwner, LIPS_INNER, 1.6);
  const change = differences(dull, bright);
  for (const [i, v] of change.data.entries()) assert.ok(v === 0 || around.data[i] === 1);
  const brighter = meanUnder(lumaOf(bright), mouth) - meanUnder(lumaOf(dull), mouth);
  assert.ok(brighter > 0.5, `${brighter} levels`);
});

test("a reshape strength of 1 bends the surroundings of the face, 0 hardly", async () => {
  const outside = maskOf(template, templateFace, OVAL, 1.08).data.map((v) => 1 - v);
  const bentAt = async (reshapeStrength: number): Promise<number> => {
    const result = await fuseSitters("smiling", "calm", { reshapeStrength });
    const change = differences(template, await decodePicture(result.image));
    return meanUnder(change, { ...change, data: outside });
  };
  const [none, full] = [await bentAt(0), await bentAt(1)];
  assert.ok(full > 2 * none, `${full} against ${none} levels`);
});

test("less likeness leaves more of the template's own face, down to all of it", async () => {
  const inside = maskOf(template, templateFace, OVAL);
  const changeAt = async (likeness: number): Promise<number> => {
    const plain = { reshapeStrength: 0, smoothStrength: 0, enhanceStrength: 0 };
    const result = await fuseSitters("smiling", "calm", { ...plain, likeness, modelType: 4 });
    return meanUnder(differences(template, await decodePicture(result.image)), inside);
  };
  const [none, half, full] = [await changeAt(0), await changeAt(0.5), await changeAt(1)];
  assert.ok(none < 3, `${none} levels`);
  assert.ok(half > 2 * none && full > 1.3 * half, `${none}, ${half} and ${full} levels`);
});

test("a face fused onto itself stays nearly as it is", async () => {
  const result = await fuseSitters("calm", "calm", { smoothStrength: 0, enhanceStrength: 0 });
  const before = await decodePicture(await aPortrait("calm"));
  const change = differences(before, await decodePicture(result.image));
  const mean = meanUnder(change, maskOf(before, await faceIn(before), OVAL));
  assert.ok(mean < 6, `${mean} levels`);
});

test("a laughing user's lips meet in the template's dark line where the template's mouth is closed", async () => {
  const { image } = await fuseSitters("calm", "smiling");
  const template = await decodePicture(await aPortrait("calm"));
  const [before, after] = [template, await decodePicture(image)];
  assert.ok((await lipLine(after)) < 0.5 * (1 + (await lipLine(before))));
});

/** Luma along the line between the lips over that of the lips a third of their height away from it. */
async function lipLine(picture: Picture): Promise<number> {
  const { mesh } = await faceIn(picture);
  const lumaAt = (i: number, j: number, share: number): number => {
    const [x, y] = [0, 1].map((k) => {
      const from = mesh[3 * i + k]!;
      return Math.round(from + share * (mesh[3 * j + k]! - from));
    }) as [number, number];
    const at = 3 * (y * picture.width + x);
    return picture.data[at]! + 2 * picture.data[at + 1]!;
  };
  let [line, beside] = [0, 0];
  for (const column of [3, 4, 5]) {
    for (const rings of [UPPER_LIP_RINGS, LOWER_LIP_RINGS]) {
      line += lumaAt(rings[3][column]!, rings[0][column]!, 0);
      beside += lumaAt(rings[3][column]!, rings[0][column]!, 0.5);
    }
  }
  return line / beside;
}

test("what the template's file says of itself does not survive; the result has one label of its own", async () => {
  const foreign = { ...AN_ORIGIN, produceId: "foreign-1", producer: "Somebody" };
  for (const format of ["jpeg", "png"] as const) {
    const shot = await sharp(await aPortrait("smiling"))
      .toFormat(format)
      .withExif({ IFD0: { Make: "Camera 4711" }, IFD3: { GPSLatitude: "31/1 14/1 0/1" } })
      .withIccProfile("p3")
      .toBuffer();
    const template = addImplicitLabel(shot, format, { origin: foreign });
    const merges = [{ user: await aPortrait("calm") }];
    const { image } = await engine.fuse({ template, merges, options: PLAIN, origin: AN_ORIGIN });
    const found = findLabels(image, format);
    assert.deepEqual(
      found.aigc.map(({ field }) => field?.ProduceID),
      [AN_ORIGIN.produceId, AN_ORIGIN.produceId],
    );
    assert.deepEqual(found.others, []);
    assert.equal((await sharp(image).metadata()).icc, undefined);
    assert.doesNotMatch(Buffer.from(image).toString("latin1"), /foreign-1|Somebody|Camera 4711/);
  }
});

test("of a user's photos the one that fits the template is fused, and one without a face does no harm", async () => {
  const template = await aPortrait("calm");
  const [fitting, leaning] = await Promise.all([aPortrait("calm"), aPortrait("leaning")]);
  const blank = await sharp({ create: { width: 96, height: 96, channels: 3, background: "#456" } })
    .png()
    .toBuffer();
  const fused = async (user: Uint8Array, morePhotos?: readonly Uint8Array[]) =>
    engine.fuse({
      template,
      merges: [{ user, ...(morePhotos ? { morePhotos } : {}) }],
      options: PLAIN,
      origin: AN_ORIGIN,
    });
  const alone = await fused(fitting);
  const chosen = await fused(leaning, [blank, fitting]);
  assert.deepEqual(chosen.image, alone.image);
  assert.equal(chosen.quality.length, 1);
  assert.ok(chosen.quality[0]! > 0.6 && chosen.quality[0]! <= 1);
});
