import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { type Gateway, startGateway } from "../support/gateway.ts";
import { ROOT } from "../support/source-modules.ts";

const run = promisify(execFile);
const PARAMETERS = {
  RspImgType: "base64",
  ModelUrl: "http://example.com/?a=1&b=%20 +中",
  MergeInfos: [{ Image: "QUFBQQ==" }, { Image: "QUFBQg==" }],
  FusionUltraParam: { WarpRadio: 0.25 },
  LogoAdd: 0,
};

let gateway: Gateway;
let file: string;
before(async () => {
  gateway = await startGateway();
  file = path.join(gateway.dataDir, "request.json");
  await writeFile(file, JSON.stringify(PARAMETERS));
});
after(() => gateway[Symbol.asyncDispose]());

/** Runs `faceloom sign` for the test's server and request. */
async function signed(...args: string[]): Promise<string> {
  const { secretId, secretKey } = gateway.key;
  const { stdout } = await run(process.execPath, [
    ...[path.join(ROOT, "bin/faceloom.js"), "sign", gateway.address],
    ...["--secret-id", secretId, "--secret-key", secretKey, "--data", file, ...args],
  ]);
  return stdout;
}

function headersIn(lines: readonly string[]): [string, string][] {
  return lines.map((line) => {
    const at = line.indexOf(": ");
    return [line.slice(0, at), line.slice(at + 2)];
  });
}

/** Sends what was printed, adding nothing but the body of a JSON call. */
async function send(printed: string, body?: string): Promise<Response> {
  const lines = printed.trimEnd().split("\n");
  const isUrl = lines[0]!.startsWith("http");
  if (isUrl) return fetch(lines[0]!, { headers: headersIn(lines.slice(1)) });
  if (body !== undefined) {
    return fetch(gateway.address, { method: "POST", headers: headersIn(lines), body });
  }
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(gateway.address, { method: "POST", headers, body: lines[0]! });
}

for (const [name, args, body] of [
  ["TC3 by POST", [], JSON.stringify(PARAMETERS)],
  ["TC3 by GET", ["--method", "GET"], undefined],
  ["HmacSHA1 by GET", ["--method", "GET", "--signature", "HmacSHA1"], undefined],
  ["HmacSHA256 by GET", ["--method", "get", "--signature", "hmacsha256"], undefined],
  ["HmacSHA1 by POST", ["--signature", "HmacSHA1"], undefined],
  ["HmacSHA256 by POST", ["--signature", "HmacSHA256"], undefined],
] as const) {
  test(`what sign prints for ${name} is taken by the server as it is`, async () => {
    const printed = await signed(...args);
    const answer = (await (await send(printed, body)).json()) as { Response: object };
    assert.deepEqual("Error" in answer.Response && answer.Response.Error, false);
    const job = gateway.jobs.at(-1)!;
    assert.deepEqual(job.template, { kind: "url", url: PARAMETERS.ModelUrl });
    assert.equal(job.merges.length, 2);
    assert.equal(job.options.reshapeStrength, 0.25);
  });

  test(`sign --explain prints for ${name} the steps whose digests the server logs`, async () => {
    const explained = await signed(...args, "--explain", "--timestamp", String(nowSeconds()));
    assert.equal(/^Canonical request:$/m.test(explained), name.startsWith("TC3"));
    const digest = /^SHA-256 of the string to sign:\n([\da-f]{64})$/m.exec(explained)?.[1];
    assert.ok(digest, explained);
    const spoiled = spoil(explained);
    const answer = await (await send(spoiled, body)).text();
    assert.match(answer, /AuthFailure\.SignatureFailure/);
    const { details } = gateway.log.at(-1) as { readonly details: Record<string, string> };
    assert.equal(details.stringToSignSha256, digest);
  });
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Takes what is sent out of an explanation, with another signature. */
function spoil(explained: string): string {
  const signature = /^Signature:\n(.+)$/m.exec(explained)![1]!;
  const other = signature[0] === "a" ? "b" : "a";
  const sent = /^(?:URL|Form|Headers):\n([\s\S]*)$/m.exec(explained)![1]!;
  return sent
    .replace(/\n\nHeaders:\n/, "\n")
    .replace(`Signature=${signature[0]}`, `Signature=${other}`)
    .replace(`Signature=${encodeURIComponent(signature[0]!)}`, `Signature=${other}`);
}

for (const [args, told] of [
  [["--method", "PUT"], /--method is one of POST, GET\./],
  [["--signature", "MD5"], /--signature is one of TC3-HMAC-SHA256, HmacSHA1, HmacSHA256\./],
  [["--signature", "HmacSHA1", "--nonce", "x"], /--nonce must be a whole number/],
] as const) {
  test(`sign ${args.join(" ")} is not understood`, async () => {
    await assert.rejects(signed(...args), (error: { code: number; stderr: string }) => {
      assert.equal(error.code, 2);
      assert.match(error.stderr, told);
      return true;
    });
  });
}
