import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import { MATERIAL_STATES } from "../../src/materials/materials.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { APPROVED_MATERIAL, aMaterial } from "../support/materials.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

const BASE64 = Buffer.from("a photo").toString("base64");

/** A call of FuseFace that succeeds on {@link APPROVED_MATERIAL}. */
const FUSE_FACE = {
  ProjectId: "at_1",
  ModelId: "mt_1",
  RspImgType: "base64",
  MergeInfos: [{ Image: BASE64 }],
};

async function call(gateway: Gateway, action: string, parameters: object) {
  const answer = await sendTc3(gateway.address, gateway.key, {
    body: JSON.stringify(parameters),
    headers: { "X-TC-Action": action },
  });
  assert.equal(answer.status, 200);
  return envelopeOf(answer) as ReturnType<typeof envelopeOf> & Record<string, unknown>;
}

async function toldOf(gateway: Gateway, action: string, parameters: object): Promise<string> {
  const { Error: error } = await call(gateway, action, parameters);
  return error === undefined ? "success" : `${error.Code} ${error.Message}`;
}

async function startWithMaterial(): Promise<Gateway> {
  const gateway = await startGateway();
  await gateway.materials.add(APPROVED_MATERIAL);
  return gateway;
}

test("FuseFace fuses into the named material's picture, face and bounds", async () => {
  await using gateway = await startWithMaterial();
  const answer = await call(gateway, "FuseFace", {
    ...FUSE_FACE,
    MergeInfos: [{ Image: BASE64, TemplateFaceID: "mt_1_2" }, { Url: "http://a/b.jpg" }],
    FuseProfileDegree: 100,
    FuseFaceDegree: 40,
    FuseParam: { ImageCodecParam: { MetaData: [{ MetaKey: "AIGC", MetaValue: "是" }] } },
  });
  assert.equal(answer.FusedImage, Buffer.from("abcd").toString("base64"));
  const [job] = gateway.jobs;
  assert.deepEqual(job?.template, { kind: "bytes", bytes: APPROVED_MATERIAL.picture });
  assert.deepEqual(job.merges, [
    {
      user: { kind: "bytes", bytes: Buffer.from("a photo") },
      templateFaceRect: APPROVED_MATERIAL.faceBoxes[1],
    },
    { user: { kind: "url", url: "http://a/b.jpg" } },
  ]);
  assert.equal(job.options.reshapeStrength, 0);
  assert.equal(job.options.likeness, 0.6);
  assert.deepEqual(job.options.note, { name: "AIGC", value: "是" });
  assert.equal(job.lifetimeSeconds, 7 * 86_400);
  assert.deepEqual(job.bounds, {
    sidesPx: { min: 64, max: 4096 },
    maxFileBytes: 10 * 1024 * 1024,
  });
  assert.deepEqual(job.label, {});
});

test("FuseFace without degrees uses the recommended outline and carries no note", async () => {
  await using gateway = await startWithMaterial();
  assert.equal(await toldOf(gateway, "FuseFace", FUSE_FACE), "success");
  assert.equal(gateway.jobs[0]?.options.reshapeStrength, 0.7);
  assert.equal(gateway.jobs[0]?.options.likeness, undefined);
  assert.equal(gateway.jobs[0]?.options.note, undefined);
});

test("FuseFace puts a logo with a rectangle of zeros into the corner", async () => {
  await using gateway = await startWithMaterial();
  const LogoRect = { X: 0, Y: 0, Width: 0, Height: 0 };
  const logo = { LogoAdd: 1, LogoParam: { LogoUrl: "http://a/logo.png", LogoRect } };
  assert.equal(await toldOf(gateway, "FuseFace", { ...FUSE_FACE, ...logo }), "success");
  assert.deepEqual(gateway.jobs[0]?.label, { image: { kind: "url", url: "http://a/logo.png" } });
  assert.equal(await toldOf(gateway, "FuseFace", { ...FUSE_FACE, ...logo, LogoAdd: 0 }), "success");
  assert.equal(gateway.jobs[1]?.label, undefined);
});

const PARAMETER_ERROR = "FailedOperation.ParameterValueError 参数字段或者值有误。";
const metaData = (...MetaData: object[]) => ({ FuseParam: { ImageCodecParam: { MetaData } } });

for (const [name, change, told] of [
  [
    "an unknown project",
    { ProjectId: "at_none" },
    "InvalidParameterValue.ActivityIdNotFound 未查找到活动id。",
  ],
  [
    "an unknown material",
    { ModelId: "mt_none" },
    "InvalidParameterValue.MaterialIdNotFound 未查找到素材Id。",
  ],
  [
    "a face that the material does not have",
    { MergeInfos: [{ Image: BASE64, TemplateFaceID: "mt_1_3" }] },
    "FailedOperation.TemplateFaceIDNotExist 素材人脸ID不存在。",
  ],
  [
    "base64 over 5 MiB",
    { MergeInfos: [{ Image: "A".repeat(5 * 1024 * 1024 + 4) }] },
    "FailedOperation.ImageSizeExceed 输入图片base64数据大小超过5M。",
  ],
  ["no user photo", { MergeInfos: [] }, PARAMETER_ERROR],
  ["seven user photos", { MergeInfos: Array(7).fill({ Image: BASE64 }) }, PARAMETER_ERROR],
  ["another RspImgType", { RspImgType: "png" }, PARAMETER_ERROR],
  ["a profile degree over 100", { FuseProfileDegree: 101 }, PARAMETER_ERROR],
  ["a face degree under 0", { FuseFaceDegree: -1 }, PARAMETER_ERROR],
  [
    "two notes",
    metaData({ MetaKey: "a", MetaValue: "b" }, { MetaKey: "c", MetaValue: "d" }),
    PARAMETER_ERROR,
  ],
  ["a note's key of 33", metaData({ MetaKey: "k".repeat(33), MetaValue: "v" }), PARAMETER_ERROR],
  [
    "a note's value of 257",
    metaData({ MetaKey: "k", MetaValue: "v".repeat(257) }),
    PARAMETER_ERROR,
  ],
  [
    "a face rectangle of 29 px",
    { MergeInfos: [{ Image: BASE64, InputImageFaceRect: { X: 0, Y: 0, Width: 29, Height: 30 } }] },
    "InvalidParameterValue.FaceRectParameterValueError 人脸框参数有误或者人脸框太小。",
  ],
  [
    "a parameter of FuseFaceUltra",
    { SwapModelType: 1 },
    "UnknownParameter The parameter `SwapModelType` is not recognized.",
  ],
  [
    "no material",
    { ModelId: undefined },
    "MissingParameter The request is missing a required parameter `ModelId`.",
  ],
] as const) {
  test(`FuseFace refuses ${name}`, async () => {
    await using gateway = await startWithMaterial();
    assert.equal(await toldOf(gateway, "FuseFace", { ...FUSE_FACE, ...change }), told);
    assert.equal(gateway.jobs.length, 0);
  });
}

test("FuseFace takes a note and base64 of the greatest length", async () => {
  await using gateway = await startWithMaterial();
  const change = {
    MergeInfos: [{ Image: "A".repeat(5 * 1024 * 1024) }],
    ...metaData({ MetaKey: "k".repeat(32), MetaValue: "v".repeat(256) }),
  };
  assert.equal(await toldOf(gateway, "FuseFace", { ...FUSE_FACE, ...change }), "success");
});

test("FuseFace takes materials that a review let through and no others", async () => {
  await using gateway = await startWithMaterial();
  const taken: string[] = [];
  for (const state of MATERIAL_STATES) {
    await gateway.materials.review("mt_1", state, "");
    const told = await toldOf(gateway, "FuseFace", FUSE_FACE);
    if (told === "success") taken.push(state);
    else assert.equal(told, "FailedOperation.FuseMaterialNotAuth 素材未经过审核。");
  }
  assert.deepEqual(taken, ["approved", "appeal-approved", "machine-approved"]);
});

test("FuseFace says that a material is not there when its picture file is gone", async () => {
  await using gateway = await startWithMaterial();
  const folder = path.join(gateway.dataDir, "materials");
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".jpg"))) {
    await rm(path.join(folder, file));
  }
  assert.equal(
    await toldOf(gateway, "FuseFace", FUSE_FACE),
    "FailedOperation.FuseMaterialNotExist 素材不存在。",
  );
});

test("an activity of another account is not found, by either action", async () => {
  await using gateway = await startGateway();
  await gateway.materials.add({ ...APPROVED_MATERIAL, accountId: "somebody else" });
  const told = "InvalidParameterValue.ActivityIdNotFound 未查找到活动id。";
  assert.equal(await toldOf(gateway, "FuseFace", FUSE_FACE), told);
  assert.equal(await toldOf(gateway, "DescribeMaterialList", { ActivityId: "at_1" }), told);
});

test("DescribeMaterialList gives every state its number", async () => {
  await using gateway = await startWithMaterial();
  const numbers: unknown[] = [];
  for (const state of MATERIAL_STATES) {
    await gateway.materials.review("mt_1", state, "");
    const { MaterialInfos } = await call(gateway, "DescribeMaterialList", { ActivityId: "at_1" });
    numbers.push((MaterialInfos as { MaterialStatus: number }[])[0]?.MaterialStatus);
  }
  assert.deepEqual(numbers, [0, 1, 2, 3, 11, 12, 21, 22, 31, 32, 33]);
});

test("DescribeMaterialList lists an activity in parts, or one material", async () => {
  await using gateway = await startGateway();
  for (let i = 1; i <= 23; i++) await gateway.materials.add(aMaterial({ id: `mt_${i}` }));
  const idsOf = async (parameters: object): Promise<unknown> => {
    const answer = await call(gateway, "DescribeMaterialList", {
      ActivityId: "at_1",
      ...parameters,
    });
    const infos = answer.MaterialInfos as { MaterialId: string }[];
    return [infos.map(({ MaterialId }) => Number(MaterialId.slice(3))), answer.Count];
  };
  const first20 = Array.from({ length: 20 }, (_, i) => i + 1);
  assert.deepEqual(await idsOf({}), [first20, 23]);
  assert.deepEqual(await idsOf({ Limit: 20, Offset: 20 }), [[21, 22, 23], 23]);
  assert.deepEqual(await idsOf({ Limit: 1, Offset: 1 }), [[2], 23]);
  assert.deepEqual(await idsOf({ Offset: 100 }), [[], 23]);
  assert.deepEqual(await idsOf({ MaterialId: "mt_7" }), [[7], 1]);
});

test("look-ups take nothing off a quota or a balance, fusions do", async () => {
  await using gateway = await startWithMaterial();
  await using book = await createSqliteAccountBook(gateway.dataDir);
  const { id } = await book.find(gateway.key.secretId);
  await book.change(id, { monthlyQuota: 1, balance: 1 });
  const lookUp = () => toldOf(gateway, "DescribeMaterialList", { ActivityId: "at_1" });
  assert.equal(await lookUp(), "success");
  assert.equal(await toldOf(gateway, "FuseFace", FUSE_FACE), "success");
  assert.notEqual(await toldOf(gateway, "FuseFace", FUSE_FACE), "success");
  assert.equal(await lookUp(), "success");
});

for (const [name, parameters, told] of [
  [
    "an unknown activity",
    { ActivityId: "at_none" },
    "InvalidParameterValue.ActivityIdNotFound 未查找到活动id。",
  ],
  [
    "a material of another activity",
    { ActivityId: "at_2", MaterialId: "mt_1" },
    "InvalidParameterValue.MaterialIdNotFound 未查找到素材Id。",
  ],
  ["a limit of 21", { ActivityId: "at_1", Limit: 21 }, PARAMETER_ERROR],
  ["a limit of 0", { ActivityId: "at_1", Limit: 0 }, PARAMETER_ERROR],
  ["a negative offset", { ActivityId: "at_1", Offset: -1 }, PARAMETER_ERROR],
  ["no activity", {}, "MissingParameter The request is missing a required parameter `ActivityId`."],
] as const) {
  test(`DescribeMaterialList refuses ${name}`, async () => {
    await using gateway = await startWithMaterial();
    await gateway.materials.add(aMaterial({ id: "mt_2", activityId: "at_2" }));
    assert.equal(await toldOf(gateway, "DescribeMaterialList", parameters), told);
  });
}

test("an action or version that is not there gets the original's words", async () => {
  await using gateway = await startGateway();
  const told = async (headers: Record<string, string>): Promise<string> => {
    const answer = await sendTc3(gateway.address, gateway.key, { body: "{}", headers });
    const { Error: error } = envelopeOf(answer);
    return `${error?.Code} ${error?.Message}`;
  };
  assert.equal(
    await told({ "X-TC-Action": "FuseFace", "X-TC-Version": "2018-12-01" }),
    "NoSuchVersion The specified api version=`2018-12-01` does not exist in service=`facefusion`.",
  );
  for (const action of ["FaceFusion", "fuseFace", "FuseFaces"]) {
    assert.equal(
      await told({ "X-TC-Action": action }),
      "InvalidAction The request `Action` is invalid or not found.",
    );
  }
});
