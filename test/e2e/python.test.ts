import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { type Gateway, startGateway } from "../support/gateway.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

/*
 * The official Python client comes from a registry of its own. Where Python is installed, its signing is done here once
 * more in another language, so that our own understanding of it cannot hide in client and server alike.
 */

const PYTHON = "python3";
const skip =
  spawnSync(PYTHON, ["--version"]).status === 0 ? false : "python3 is not on this machine";

const CLIENT = path.join(ROOT, "test/support/stdlib_client.py");

let gateway: Gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway[Symbol.asyncDispose]());

interface Told {
  readonly status: number;
  readonly contentType: string;
  readonly response: {
    readonly FusedImage?: string;
    readonly RequestId: string;
    readonly Error?: { readonly Code: string; readonly Message: string };
  };
}

async function call(change: object): Promise<Told> {
  const child = spawn(PYTHON, [CLIENT], { stdio: ["pipe", "pipe", "inherit"] });
  const endpoint = new URL(gateway.address).host;
  const way = { method: "POST", signMethod: "TC3-HMAC-SHA256", language: "zh-CN" };
  child.stdin.end(JSON.stringify({ endpoint, ...gateway.key, ...way, ...change }));
  const told: Told = JSON.parse(await text(child.stdout));
  assert.deepEqual([told.status, told.contentType], [200, "application/json"]);
  assert.match(told.response.RequestId, /^[\da-f-]{36}$/);
  return told;
}

const PICTURE = Buffer.from([0xff, 0xff, 0xfe, 0xfb, 0xef, 0xbe, 0x00]);
const MODEL_URL = "https://a.example/t.png?a=1&b=~(2)*+%20 中'!";
const PARAMETERS = {
  ModelUrl: MODEL_URL,
  MergeInfos: [
    { Image: PICTURE.toString("base64") },
    { Url: MODEL_URL, TemplateFaceRect: { X: 1, Y: 2, Width: 30, Height: 40 } },
  ],
  FusionUltraParam: { WarpRadio: 0.25 },
  SwapModelType: 4,
};

for (const signMethod of ["TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"]) {
  for (const method of ["POST", "GET"]) {
    test(`Python's ${signMethod} by ${method} is verified, for base64 and for a link`, {
      skip,
    }, async () => {
      for (const RspImgType of ["base64", "url"]) {
        const parameters = { RspImgType, ...PARAMETERS };
        const { response } = await call({ signMethod, method, parameters });
        const expected =
          RspImgType === "url" ? /^http:\/\/127\.0\.0\.1:\d+\/results\// : /^YWJjZA==$/;
        assert.match(response.FusedImage ?? JSON.stringify(response), expected);
        const { template, merges, options } = gateway.jobs.at(-1)!;
        assert.deepEqual(template, { kind: "url", url: MODEL_URL });
        assert.deepEqual(merges, [
          { user: { kind: "bytes", bytes: PICTURE } },
          {
            user: { kind: "url", url: MODEL_URL },
            templateFaceRect: { x: 1, y: 2, width: 30, height: 40 },
          },
        ]);
        assert.deepEqual([options.reshapeStrength, options.modelType], [0.25, 4]);
      }
      const { response } = await call({
        ...{ signMethod, method, secretKey: "wrong" },
        parameters: { RspImgType: "url", ...PARAMETERS },
      });
      assert.deepEqual(response.Error, {
        Code: "AuthFailure.SignatureFailure",
        Message: "请求签名验证失败，请检查您的签名计算是否正确。",
      });
    });
  }
}

for (const name of ["README.md", "README.zh-CN.md"]) {
  test(`the Python example of ${name} compiles`, { skip }, async () => {
    const page = readFileSync(path.join(ROOT, name), "utf8");
    const [, code] = /^```python\n([\s\S]*?)^```/m.exec(page) ?? [];
    assert.ok(code);
    await using folder = await createTemporaryFolder();
    const file = path.join(folder.path, "example.py");
    await writeFile(file, code);
    const { status, stderr } = spawnSync(PYTHON, ["-m", "py_compile", file], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  });
}
