import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { readPictureHeader } from "../../src/imaging/picture-header.ts";
import type { RunningServer } from "../support/running-server.ts";
import { startServer } from "../support/running-server.ts";

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

interface ClientOptions {
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly region?: string;
  readonly signMethod?: "TC3-HMAC-SHA256" | "HmacSHA1" | "HmacSHA256";
  readonly reqMethod?: "GET" | "POST";
  readonly language?: "zh-CN" | "en-US";
}

/** The official client as its documents show it; only endpoint and protocol differ. */
function clientOf(options: ClientOptions = {}) {
  const { secretId, secretKey } = server;
  const { region = "ap-guangzhou", signMethod, language, reqMethod = "POST", ...key } = options;
  return new facefusion.v20220927.Client({
    credential: { secretId, secretKey, ...key },
    region,
    profile: {
      ...(signMethod ? { signMethod } : {}),
      ...(language ? { language } : {}),
      httpProfile: { endpoint: new URL(server.url).host, protocol: "http://", reqMethod },
    },
  });
}

async function photo(name: string): Promise<Buffer> {
  return readFile(require.resolve(`@vladmandic/face-api/demo/${name}`));
}

async function pictures() {
  const [template, user] = await Promise.all([photo("sample6.jpg"), photo("sample1.jpg")]);
  return { template, user };
}

for (const delivery of ["base64", "url"] as const) {
  test(`the official client gets a fused picture as ${delivery}, in the template's size and format`, async () => {
    const { template, user } = await pictures();
    const answer = await clientOf().FuseFaceUltra({
      RspImgType: delivery,
      ModelImage: template.toString("base64"),
      MergeInfos: [{ Image: user.toString("base64") }],
    });
    const fused = answer.FusedImage ?? "";
    const bytes =
      delivery === "base64"
        ? Buffer.from(fused, "base64")
        : Buffer.from(await (await fetch(fused)).arrayBuffer());
    assert.deepEqual(await readPictureHeader(bytes), await readPictureHeader(template));
    assert.ok(!bytes.equals(template));
    assert.match(answer.RequestId ?? "", /^[\da-f-]{36}$/);
  });
}

/** The page's own failing example: no picture has to be fetched for the answer. */
const FAILING = {
  RspImgType: "base64",
  ModelUrl: "https://example.com/model.png",
  MergeInfos: [{ Url: "https://example.com/input.png" }],
  FusionUltraParam: { WarpRadio: 1.2 },
};
const FUSION_PARAM = "FailedOperation.ParameterValueError FusionParam值不合法。";

async function toldOf(options: ClientOptions, parameters: object = FAILING): Promise<string> {
  const call = clientOf(options).FuseFaceUltra(
    parameters as Parameters<ReturnType<typeof clientOf>["FuseFaceUltra"]>[0],
  );
  const error = await call.then(
    () => assert.fail("The call succeeded."),
    (caught: { code: string; message: string; requestId: string }) => caught,
  );
  assert.match(error.requestId, /^[\da-f-]{36}$/);
  return `${error.code} ${error.message}`;
}

for (const signMethod of ["TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"] as const) {
  for (const reqMethod of ["POST", "GET"] as const) {
    test(`the official client's ${signMethod} by ${reqMethod} is verified`, async () => {
      assert.equal(await toldOf({ signMethod, reqMethod }), FUSION_PARAM);
      assert.match(
        await toldOf({ signMethod, reqMethod, secretKey: "wrong" }),
        /^AuthFailure\.SignatureFailure The provided credentials could not be validated\./,
      );
    });
  }
}

for (const [name, options, told] of [
  [
    "an unknown SecretId",
    { secretId: "AKIDunknown" },
    /^AuthFailure\.SecretIdNotFound The SecretId is not found/,
  ],
  ["a token that belongs to no key", { token: "t" }, /^AuthFailure\.TokenFailure /],
  [
    "no region",
    { region: "" },
    /^MissingParameter The request is missing a required parameter `Region`\.$/,
  ],
  [
    "no region, in Chinese",
    { region: "", language: "zh-CN" },
    /^MissingParameter 请求缺少必传参数 `Region` 。$/,
  ],
] as const) {
  test(`the official client's error object tells of ${name}`, async () => {
    assert.match(await toldOf(options), told);
  });
}

for (const [name, parameters, told] of [
  [
    "an unknown parameter",
    { ...FAILING, Foo: 1 },
    "UnknownParameter The parameter `Foo` is not recognized.",
  ],
  [
    "a wrong type",
    { ...FAILING, MergeInfos: [{ Url: 1 }] },
    "InvalidParameter The value type of parameter `MergeInfos.0.Url` is not valid, input type should be `string`",
  ],
  [
    "a picture that is none",
    {
      RspImgType: "base64",
      ModelImage: Buffer.from("text").toString("base64"),
      MergeInfos: [{ Image: Buffer.from("text").toString("base64") }],
    },
    "FailedOperation.ImageDecodeFailed 人脸检测-图片解码失败。",
  ],
  [
    "a URL that leads into the server's own network",
    {
      RspImgType: "base64",
      ModelUrl: "http://127.0.0.1/a.png",
      MergeInfos: [{ Url: "http://127.0.0.1/b.png" }],
    },
    "FailedOperation.ImageDownloadError 图片下载失败。",
  ],
  [
    "a URL of another scheme",
    { RspImgType: "url", ModelUrl: "ftp://a/b", MergeInfos: [{ Url: "ftp://a/b" }] },
    "InvalidParameterValue.UrlIllegal URL格式不合法。",
  ],
] as const) {
  test(`the official client's error object tells of ${name}`, async () => {
    assert.equal(await toldOf({}, parameters), told);
  });
}
