import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import type { TemporaryKey } from "../../src/accounts/accounts.ts";
import { generateTemporaryKey } from "../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";

// The package's own entry loads every product of the cloud; this one is enough.
const require = createRequire(import.meta.url);
const {
  facefusion,
}: typeof import("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion/index.js") = require("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion");

let gateway: Gateway;
let temporary: TemporaryKey;
before(async () => {
  gateway = await startGateway();
  await using book = await createSqliteAccountBook(gateway.dataDir);
  temporary = generateTemporaryKey(Date.now() + 600_000);
  const id = await book.create("sdk", { ...USUAL_TERMS, rates: {} });
  await book.addTemporaryKey(id, temporary);
});
after(() => gateway[Symbol.asyncDispose]());

const SIGN_METHODS = ["TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"] as const;
const LANGUAGES = ["zh-CN", "en-US"] as const;

interface Credential {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

interface Way {
  readonly signMethod: (typeof SIGN_METHODS)[number];
  readonly reqMethod: "GET" | "POST";
  readonly language: (typeof LANGUAGES)[number];
}

/** Calls with the official client; returns `accepted` or the code and message of its error object. */
async function told(way: Way, credential: Credential, extra: object = {}): Promise<string> {
  const { signMethod, reqMethod, language } = way;
  const client = new facefusion.v20220927.Client({
    credential,
    region: "ap-guangzhou",
    profile: {
      signMethod,
      language,
      httpProfile: { endpoint: new URL(gateway.address).host, protocol: "http://", reqMethod },
    },
  });
  const parameters = {
    RspImgType: "base64",
    ModelImage: "QUFBQQ==",
    MergeInfos: [{ Image: "QUFBQg==" }, { Url: "http://example.com/?a=1&b=%20+中" }],
    FusionUltraParam: { WarpRadio: 0.25, TeethEnhanceRadio: 1 },
    LogoAdd: 0,
    ...extra,
  };
  try {
    const answer = await client.FuseFaceUltra(parameters);
    return answer.FusedImage === Buffer.from("abcd").toString("base64") ? "accepted" : "other";
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return `${code} ${message}`;
  }
}

/** In the order of {@link LANGUAGES}. */
const MESSAGES = {
  signature: [
    "AuthFailure.SignatureFailure 请求签名验证失败，请检查您的签名计算是否正确。",
    "AuthFailure.SignatureFailure The provided credentials could not be validated. Please check your signature is correct.",
  ],
  unknownId: [
    "AuthFailure.SecretIdNotFound SecretId不存在，请输入正确的密钥。",
    "AuthFailure.SecretIdNotFound The SecretId is not found, please ensure that your SecretId is correct.",
  ],
  token: ["AuthFailure.TokenFailure token 错误。", "AuthFailure.TokenFailure Token error."],
  unknownParameter: [
    "UnknownParameter 未知参数错误，参数 `Foo` 未定义。",
    "UnknownParameter The parameter `Foo` is not recognized.",
  ],
} as const;

for (const signMethod of SIGN_METHODS) {
  for (const reqMethod of ["POST", "GET"] as const) {
    for (const [i, language] of LANGUAGES.entries()) {
      const way: Way = { signMethod, reqMethod, language };
      const name = `the official client with ${signMethod} by ${reqMethod} in ${language}`;

      test(`${name} is understood, with its numbers, lists and odd characters`, async () => {
        assert.equal(await told(way, gateway.key), "accepted");
        const job = gateway.jobs.at(-1)!;
        assert.deepEqual(job.merges[0]?.user, { kind: "bytes", bytes: Buffer.from("AAAB") });
        assert.deepEqual(job.merges[1]?.user, {
          kind: "url",
          url: "http://example.com/?a=1&b=%20+中",
        });
        assert.equal(job.options.reshapeStrength, 0.25);
        assert.equal("label" in job, false);
      });

      test(`${name} is told what is wrong with its key`, async () => {
        const { secretId, secretKey } = gateway.key;
        assert.equal(await told(way, { secretId, secretKey: "x" }), MESSAGES.signature[i]);
        assert.equal(await told(way, { secretId: "AKIDx", secretKey }), MESSAGES.unknownId[i]);
        assert.equal(await told(way, gateway.key, { Foo: "1" }), MESSAGES.unknownParameter[i]);
      });

      test(`${name} uses a temporary key with its token only`, async () => {
        const { secretId, secretKey, token } = temporary;
        assert.equal(await told(way, { secretId, secretKey, token }), "accepted");
        assert.equal(await told(way, { secretId, secretKey }), MESSAGES.token[i]);
        assert.equal(await told(way, { secretId, secretKey, token: "x" }), MESSAGES.token[i]);
        assert.equal(await told(way, { ...gateway.key, token }), MESSAGES.token[i]);
      });
    }
  }
}
