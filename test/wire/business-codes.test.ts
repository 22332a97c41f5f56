import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import type { AccountTerms } from "../../src/accounts/account.ts";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import type { AccountBook } from "../../src/accounts/account-book.ts";
import { generateKeyPair } from "../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import { loadConfig } from "../../src/config/config.ts";
import { createDownloader } from "../../src/download/fetch-image.ts";
import { createFusionRunner, type FusionRunner } from "../../src/jobs/run-fusion.ts";
import { createHashListModerator } from "../../src/moderation/hash-list/hash-list-moderator.ts";
import { createModeration } from "../../src/moderation/moderation.ts";
import { createWorkerPool, type WorkerPool } from "../../src/workers/pool.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { greyPng } from "../support/header-pictures.ts";
import { RESULT_LABELS } from "../support/result-origin.ts";
import type { ClientKey } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

/** The codes of the API page, in its order, with their texts. */
const CODES: Readonly<Record<string, string>> = {
  "FailedOperation.BalanceInsufficient": "余额不足，开通失败，请充值后再开通。",
  "FailedOperation.FaceSizeTooSmall": "人脸因太小被过滤，建议人脸分辨率不小于34*34。",
  "FailedOperation.ImageDecodeFailed": "人脸检测-图片解码失败。",
  "FailedOperation.ImageDownloadError": "图片下载失败。",
  "FailedOperation.ImagePixelExceed": "素材尺寸超过1080*1080像素。",
  "FailedOperation.ImageResolutionTooSmall": "图片短边分辨率小于64。",
  "FailedOperation.ImageSizeExceed": "输入图片base64数据大小超过5M。",
  "FailedOperation.ImageSizeInvalid": "图片尺寸过大或者过小；不满足算法要求。",
  "FailedOperation.InnerError": "服务内部错误。",
  "FailedOperation.MediaDataError": "素材数据为空。",
  "FailedOperation.ModerationConfigError": "审核配置为空。",
  "FailedOperation.ModerationFailed": "素材审核失败。",
  "FailedOperation.ModerationResponseError": "素材审核结果为空。",
  "FailedOperation.ModerationResultConfigError": "审核结果配置为空。",
  "FailedOperation.NoFaceDetected": "无法检测出人脸, 人脸框配准分低于阈值。",
  "FailedOperation.ParameterValueError": "参数字段或者值有误。",
  "FailedOperation.RequestTimeout": "后端服务超时。",
  "FailedOperation.RpcFail": "RPC请求失败，一般为算法微服务故障。",
  "FailedOperation.UnKnowError": "内部错误。",
  "FailedOperation.Unknown": "未知错误。",
  "InvalidParameterValue.FaceRectParameterValueError": "人脸框参数有误或者人脸框太小。",
  "InvalidParameterValue.UrlIllegal": "URL格式不合法。",
  RequestLimitExceeded: "the gateway says how many there were",
  ResourceInsufficient: "资源不足。",
  ResourceNotFound: "资源不存在。",
  "ResourceUnavailable.Freeze": "账号已被冻结。",
  "ResourceUnavailable.InArrears": "账号已欠费。",
  "ResourceUnavailable.IsOpening": "服务正在开通中，请稍等。",
  "ResourceUnavailable.NotExist": "计费状态未知，请确认是否已在控制台开通服务。",
  "ResourceUnavailable.Recover": "资源已被回收。",
  "ResourceUnavailable.StopUsing": "账号已停服。",
};

const config = loadConfig({
  FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32",
  FACELOOM_DEADLINE_MS: "1500",
  FACELOOM_MAX_PICTURE_PIXELS: "1000000",
  FACELOOM_WORKERS: "1",
});

let gateway: Gateway;
let book: AccountBook;
let pool: WorkerPool;
let runner: FusionRunner;
let origin: Server;
let hashesFile: string;
const reached = new Set<string>();

/** Everything is real but the engine, which does what the template's end tells it, and a storage that fails. */
before(async () => {
  gateway = await startGateway({
    environment: { FACELOOM_MODEL_TYPES: "1,2" },
    run: (job, signal) => runner.run(job, signal),
  });
  book = await createSqliteAccountBook(gateway.dataDir);
  hashesFile = path.join(gateway.dataDir, "hashes");
  await writeFile(hashesFile, createHash("sha256").update(aPicture("banned")).digest("hex"));
  pool = await createWorkerPool(config.workers, {
    modelsDir: "none",
    logger: { info: () => undefined, warn: () => undefined },
    engineModule: new URL("../support/scripted-engine.ts", import.meta.url),
  });
  runner = createFusionRunner(config.jobs, {
    pool,
    labels: RESULT_LABELS,
    download: createDownloader(config.download),
    moderation: createModeration([createHashListModerator(hashesFile)], ["template", "user"]),
    storage: {
      put: async () => {
        throw new Error("The disk is on fire.");
      },
    },
  });
  origin = createServer((request, response) => {
    response.writeHead(request.url === "/empty" ? 200 : 404).end();
  });
  await new Promise<void>((resolve) => origin.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  origin.close();
  await runner[Symbol.asyncDispose]();
  await pool[Symbol.asyncDispose]();
  await book[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

/** A picture whose end tells the engine of the test what to do. */
function aPicture(order: string, width = 80, height = 70): Buffer {
  return Buffer.concat([greyPng(width, height), Buffer.from(`|${order}`)]);
}

const picture = (order: string, width?: number, height?: number): object => ({
  ModelImage: aPicture(order, width, height).toString("base64"),
});
const originUrl = (name: string): object => ({
  ModelUrl: `http://127.0.0.1:${(origin.address() as AddressInfo).port}/${name}`,
});

async function messageOf(code: string, change: object, key: ClientKey): Promise<string> {
  const body = JSON.stringify({
    RspImgType: "base64",
    ...picture("busy:1"),
    MergeInfos: [{ Image: greyPng(64, 64).toString("base64") }],
    ...change,
  });
  const headers = { "X-TC-Language": "zh-CN" };
  const answer = await sendTc3(gateway.address, key, { body, headers });
  assert.equal(answer.status, 200);
  const { Error: error } = envelopeOf(answer);
  assert.equal(error?.Code, code);
  reached.add(code);
  return error.Message;
}

let count = 0;
async function keyWith(terms: Partial<AccountTerms>): Promise<ClientKey> {
  const id = await book.create(`account-${count++}`, { ...USUAL_TERMS, rates: {}, ...terms });
  const pair = generateKeyPair();
  await book.addPair(id, pair);
  return pair;
}

test("a call with nothing wrong is answered with a picture", async () => {
  const body = JSON.stringify({
    RspImgType: "base64",
    ...picture("busy:1"),
    MergeInfos: [{ Image: greyPng(64, 64).toString("base64") }],
  });
  const answer = await sendTc3(gateway.address, gateway.key, { body });
  assert.equal(envelopeOf(answer).FusedImage, Buffer.from("done").toString("base64"));
});

const RECT = { X: 0, Y: 0, Width: 29, Height: 40 };

for (const [name, code, change] of [
  ["finds only faces under 34 px", "FailedOperation.FaceSizeTooSmall", () => picture("small")],
  ["finds no face", "FailedOperation.NoFaceDetected", () => picture("refuse")],
  ["misses a model", "FailedOperation.InnerError", () => picture("modelless")],
  ["dies twice", "FailedOperation.RpcFail", () => picture("crash")],
  ["does not end", "FailedOperation.RequestTimeout", () => picture("hang")],
  ["answers without a picture", "FailedOperation.Unknown", () => picture("empty")],
] as const) {
  test(`an engine that ${name}: ${code}`, async () => {
    assert.equal(await messageOf(code, change(), gateway.key), CODES[code]);
  });
}

for (const [name, code, change] of [
  [
    "is no picture",
    "FailedOperation.ImageDecodeFailed",
    () => ({ ModelImage: Buffer.from("text").toString("base64") }),
  ],
  ["cannot be fetched", "FailedOperation.ImageDownloadError", () => originUrl("missing")],
  ["is an empty file", "FailedOperation.MediaDataError", () => originUrl("empty")],
  [
    "has more pixels than the operator takes",
    "FailedOperation.ImagePixelExceed",
    () => picture("x", 1001, 1000),
  ],
  ["is 63 px high", "FailedOperation.ImageResolutionTooSmall", () => picture("x", 80, 63)],
  ["is 8001 px wide", "FailedOperation.ImageSizeInvalid", () => picture("x", 8001, 80)],
  [
    "has over 10 MiB of base64",
    "FailedOperation.ImageSizeExceed",
    () => ({ ModelImage: "A".repeat(10 * 1024 ** 2 + 4) }),
  ],
  [
    "has a URL of another scheme",
    "InvalidParameterValue.UrlIllegal",
    () => ({ ModelUrl: "ftp://a/b" }),
  ],
] as const) {
  test(`a template that ${name}: ${code}`, async () => {
    assert.equal(await messageOf(code, change(), gateway.key), CODES[code]);
  });
}

for (const [name, code, change] of [
  ["asks for neither url nor base64", "FailedOperation.ParameterValueError", { RspImgType: "x" }],
  [
    "has a face rectangle of 29 px",
    "InvalidParameterValue.FaceRectParameterValueError",
    { MergeInfos: [{ Image: "QUFB", InputImageFaceRect: RECT }] },
  ],
  ["asks for a model type that is not offered", "ResourceNotFound", { SwapModelType: 3 }],
  [
    "asks for a link while the disk is on fire",
    "FailedOperation.UnKnowError",
    { RspImgType: "url" },
  ],
] as const) {
  test(`a call that ${name}: ${code}`, async () => {
    assert.equal(await messageOf(code, change, gateway.key), CODES[code]);
  });
}

for (const [name, code, terms] of [
  ["has no prepaid calls", "FailedOperation.BalanceInsufficient", { balance: 0 }],
  ["has used its quota", "ResourceInsufficient", { monthlyQuota: 0 }],
  ["is frozen", "ResourceUnavailable.Freeze", { state: "frozen" }],
  ["is in arrears", "ResourceUnavailable.InArrears", { state: "arrears" }],
  ["is being opened", "ResourceUnavailable.IsOpening", { state: "opening" }],
  ["was never opened", "ResourceUnavailable.NotExist", { state: "not-activated" }],
  ["was taken back", "ResourceUnavailable.Recover", { state: "recovered" }],
  ["was stopped", "ResourceUnavailable.StopUsing", { state: "stopped" }],
] as const) {
  test(`an account that ${name}: ${code}`, async () => {
    assert.equal(await messageOf(code, {}, await keyWith(terms)), CODES[code]);
  });
}

test("an account that calls too often: RequestLimitExceeded", async () => {
  const key = await keyWith({ rates: { FuseFaceUltra: 1 } });
  const body = "{}";
  const codes = new Set<string | undefined>();
  // Two calls may fall into two seconds, ten do not fall into ten.
  for (let i = 0; i < 10; i++) {
    const { Error: error } = envelopeOf(await sendTc3(gateway.address, key, { body }));
    codes.add(error?.Code);
  }
  assert.ok(codes.has("RequestLimitExceeded"), [...codes].join());
  reached.add("RequestLimitExceeded");
});

test("a picture on the operator's list: FailedOperation.ModerationFailed", async () => {
  const code = "FailedOperation.ModerationFailed";
  assert.equal(await messageOf(code, picture("banned"), gateway.key), CODES[code]);
});

test("a list of refused pictures that cannot be used lets nothing through", async () => {
  for (const [text, code] of [
    ["", "FailedOperation.ModerationResultConfigError"],
    ["not a sum", "FailedOperation.ModerationResponseError"],
    [undefined, "FailedOperation.ModerationConfigError"],
  ] as const) {
    if (text === undefined) await rm(hashesFile);
    else await writeFile(hashesFile, text);
    assert.equal(await messageOf(code, {}, gateway.key), CODES[code]);
  }
});

test("these tests reached all 31 codes of the API page", (t) => {
  t.diagnostic(`${reached.size} of ${Object.keys(CODES).length} codes were reached over HTTP`);
  assert.deepEqual([...reached].toSorted(), Object.keys(CODES).toSorted());
  assert.equal(reached.size, 31);
});
