import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import sharp from "sharp";
import { readPictureHeader } from "../../src/imaging/picture-header.ts";
import type { Material } from "../../src/materials/materials.ts";
import type { RunningServer } from "../support/running-server.ts";
import { startServer } from "../support/running-server.ts";
import { ROOT } from "../support/source-modules.ts";

// The package's own entry loads every product of the cloud; this one is enough.
const require = createRequire(import.meta.url);
const {
  facefusion,
}: typeof import("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion/index.js") = require("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion");

let server: RunningServer;
before(async () => {
  server = await startServer();
});
after(() => server[Symbol.asyncDispose]());

const photo = (name: string): string => require.resolve(`@vladmandic/face-api/demo/${name}`);

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `faceloom materials` on the data folder of the running server. */
function materials(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(ROOT, "bin/faceloom.js"), "materials", ...args],
      { env: { PATH: process.env.PATH, FACELOOM_DATA_DIR: server.dataDir } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

function clientOf(
  signMethod: "TC3-HMAC-SHA256" | "HmacSHA1" | "HmacSHA256" = "TC3-HMAC-SHA256",
  reqMethod: "GET" | "POST" = "POST",
) {
  const { secretId, secretKey } = server;
  return new facefusion.v20220927.Client({
    credential: { secretId, secretKey },
    region: "ap-guangzhou",
    profile: {
      signMethod,
      httpProfile: { endpoint: new URL(server.url).host, protocol: "http://", reqMethod },
    },
  });
}

test("an imported picture is listed, refused until its review, fused and deleted, with the server running", async () => {
  const template = photo("sample6.jpg");
  const imported = await materials("import", template, "--activity", "at_shop", "--json");
  assert.equal(imported.code, 0, imported.err);
  const material = JSON.parse(imported.out) as Material;
  assert.equal(material.name, "sample6");
  assert.ok(material.faces.length >= 2);

  const client = clientOf();
  const listed = await client.DescribeMaterialList({ ActivityId: "at_shop" });
  assert.equal(listed.Count, 1);
  const [info] = listed.MaterialInfos ?? [];
  assert.equal(info?.MaterialId, material.id);
  assert.equal(info?.MaterialStatus, 0);
  assert.deepEqual(
    info?.MaterialFaceList?.map(({ FaceId }) => FaceId),
    material.faces.map((_, i) => `${material.id}_${i + 1}`),
  );

  const call = {
    ProjectId: "at_shop",
    ModelId: material.id,
    RspImgType: "url",
    MergeInfos: [
      {
        Image: (await readFile(photo("sample1.jpg"))).toString("base64"),
        TemplateFaceID: `${material.id}_2`,
      },
    ],
    FuseParam: { ImageCodecParam: { MetaData: [{ MetaKey: "AIGC", MetaValue: "shop" }] } },
  };
  await assert.rejects(client.FuseFace(call), { code: "FailedOperation.FuseMaterialNotAuth" });

  const reviewed = await materials("review", material.id, "--state", "approved", "--note", "ok");
  assert.match(reviewed.out, /^state +approved \(ok\)$/m);
  const { FusedImage } = await client.FuseFace(call);
  const daysLeft =
    (Number(new URL(FusedImage ?? "").searchParams.get("e")) * 1000 - Date.now()) / 86_400_000;
  assert.ok(daysLeft > 6.9 && daysLeft <= 7, `${daysLeft} days`);
  const fused = Buffer.from(await (await fetch(FusedImage ?? "")).arrayBuffer());
  const original = await readFile(template);
  assert.deepEqual(readPictureHeader(fused), readPictureHeader(original));
  const { exif } = await sharp(fused).metadata();
  assert.match(exif?.toString("latin1") ?? "", /"MetaData\.AIGC":"shop"\}$/);
  // Only the face that was named has changed, and that one clearly.
  const [first, second] = await Promise.all(
    material.faces.slice(0, 2).map(({ box }) => differenceIn(box, original, fused)),
  );
  assert.ok(second! > 4 * first!, `changed by ${first} and ${second}`);

  assert.equal((await materials("delete", material.id)).code, 0);
  await assert.rejects(client.FuseFace(call), { code: "InvalidParameterValue.MaterialIdNotFound" });
  assert.match((await materials("list")).out, /^There is no material\.$/m);
});

/** Mean difference of the middle of a face between two pictures of one size, 0 to 255. */
async function differenceIn(box: Material["faces"][number]["box"], p: Buffer, q: Buffer) {
  const middle = {
    left: box.x + Math.round(box.width / 4),
    top: box.y + Math.round(box.height / 4),
    width: Math.round(box.width / 2),
    height: Math.round(box.height / 2),
  };
  const [one, other] = await Promise.all(
    [p, q].map((file) => sharp(file).extract(middle).raw().toBuffer()),
  );
  return one!.reduce((sum, value, i) => sum + Math.abs(value - other![i]!), 0) / one!.length;
}

for (const signMethod of ["TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"] as const) {
  for (const reqMethod of ["POST", "GET"] as const) {
    test(`both actions take the official client's ${signMethod} by ${reqMethod}`, async () => {
      const client = clientOf(signMethod, reqMethod);
      const told = { code: "InvalidParameterValue.ActivityIdNotFound" };
      await assert.rejects(client.DescribeMaterialList({ ActivityId: "at_none", Limit: 3 }), told);
      const call = {
        ProjectId: "at_none",
        ModelId: "mt_none",
        RspImgType: "url",
        MergeInfos: [{ Url: "https://example.com/user.jpg", TemplateFaceID: "mt_none_1" }],
        FuseProfileDegree: 10,
        FuseParam: { ImageCodecParam: { MetaData: [{ MetaKey: "k", MetaValue: "v" }] } },
      };
      await assert.rejects(client.FuseFace(call), told);
    });
  }
}

test("a picture without a face, an unknown state and an unknown material are refused in one line", async () => {
  const cases: readonly [args: string[], code: number, pattern: RegExp][] = [
    [[], 2, /import, list, review, delete/],
    [["import", photo("sample1.jpg")], 2, /--activity is missing/],
    [["review", "mt_1", "--state", "fine"], 2, /--state is one of in-review, approved/],
    [["review"], 2, /MATERIAL is missing/],
    [["review", "mt_1", "--state", "approved"], 1, /no material mt_1/],
    [["delete", "mt_1"], 1, /no material mt_1/],
    [["import", path.join(ROOT, "package.json"), "--activity", "a"], 1, /not a JPEG or PNG/],
    [["import", photo("sample1.jpg"), "--activity", "a/b"], 1, /letters, digits/],
    [["import", photo("sample1.jpg"), "--activity", "a", "--account", "nobody"], 1, /nobody/],
  ];
  for (const [args, code, pattern] of cases) {
    const outcome = await materials(...args);
    assert.equal(outcome.code, code, outcome.err);
    assert.match(outcome.err, /^faceloom: [^\n]+\n$/);
    assert.match(outcome.err, pattern);
  }
});
