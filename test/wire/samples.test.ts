import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { SampleCall } from "../../console/src/samples/sample-call.ts";
import { prepareCall } from "../../console/src/samples/sample-call.ts";
import { SAMPLE_LANGUAGES } from "../../console/src/samples/sample-languages.ts";
import { renderClients } from "../../scripts/render-clients.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { ROOT } from "../support/source-modules.ts";

test("docs/clients.md is what the samples make it", () => {
  const page = readFileSync(path.join(ROOT, "docs/clients.md"), "utf8");
  assert.equal(page, renderClients());
});

/** The programs that run a sample as it is. */
const RUNNERS = { node: process.execPath, curl: "bash" } as const;

/** What the curl sample needs of the machine; .ci/run installs it. */
const MISSING = ["bash", "curl", "openssl"].filter(
  (program) => spawnSync(program, ["--version"]).error !== undefined,
);
const skipOf = (id: keyof typeof RUNNERS): string | false =>
  id === "curl" && MISSING.length > 0 ? `${MISSING.join(", ")} not installed` : false;

const TEMPLATE = Buffer.alloc(700, "template");
const USER = Buffer.alloc(900, "user");
const ODD_URL = `http://example.com/?a=1&b=$HOME\`id\`'"\\%20中`;

let gateway: Gateway;
let folder: string;
before(async () => {
  gateway = await startGateway();
  folder = await mkdtemp(path.join(tmpdir(), "faceloom-samples-"));
});
after(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function callOf(parameters: Record<string, unknown>, action = "FuseFaceUltra"): SampleCall {
  const { address: origin } = gateway;
  return { origin, region: "ap-guangzhou", action, version: "2022-09-27", parameters };
}

/** Writes the code and its pictures as a person would, and runs it. */
async function run(
  id: keyof typeof RUNNERS,
  call: SampleCall,
  secretKey = gateway.key.secretKey,
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const language = SAMPLE_LANGUAGES.find((entry) => entry.id === id)!;
  const prepared = prepareCall(call);
  await writeFile(path.join(folder, language.file), language.write(prepared));
  for (const file of prepared.files) {
    await writeFile(path.join(folder, file.name), Buffer.from(file.base64, "base64"));
  }
  const child = spawn(RUNNERS[id], [language.file], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_PATH: path.join(ROOT, "node_modules"),
      TENCENTCLOUD_SECRET_ID: gateway.key.secretId,
      TENCENTCLOUD_SECRET_KEY: secretKey,
    },
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, errors };
}

for (const id of Object.keys(RUNNERS) as (keyof typeof RUNNERS)[]) {
  test(`the ${id} sample sends pictures from files and writes the fused one`, {
    skip: skipOf(id),
  }, async () => {
    const parameters = {
      RspImgType: "base64",
      ModelImage: TEMPLATE.toString("base64"),
      MergeInfos: [{ Image: USER.toString("base64") }, { Url: ODD_URL }],
      FusionUltraParam: { WarpRadio: 0.25, TeethEnhanceRadio: 1 },
      LogoAdd: 0,
    };
    const { code, errors } = await run(id, callOf(parameters));
    assert.equal(code, 0, errors);
    const job = gateway.jobs.at(-1)!;
    assert.deepEqual(job.template, { kind: "bytes", bytes: TEMPLATE });
    assert.deepEqual(job.merges[0]?.user, { kind: "bytes", bytes: USER });
    assert.deepEqual(job.merges[1]?.user, { kind: "url", url: ODD_URL });
    assert.equal(job.options.reshapeStrength, 0.25);
    assert.equal(await readFile(path.join(folder, "fused.jpg"), "utf8"), "abcd");
  });

  test(`the ${id} sample prints the link of a result`, { skip: skipOf(id) }, async () => {
    const call = callOf({
      RspImgType: "url",
      ModelUrl: "http://example.com/t.jpg",
      MergeInfos: [{ Url: ODD_URL }],
    });
    const { code, output, errors } = await run(id, call);
    assert.equal(code, 0, errors);
    assert.equal(output.trim(), `${gateway.address}/results/0123.jpg?e=1&s=2`);
  });

  test(`the ${id} sample tells the code of a refusal and fails`, { skip: skipOf(id) }, async () => {
    const call = callOf({
      RspImgType: "url",
      ModelUrl: "http://example.com/t.jpg",
      MergeInfos: [],
    });
    const { code, errors } = await run(id, call, "another key");
    assert.equal(code, 1);
    assert.match(errors, /AuthFailure\.SignatureFailure/);
  });

  test(`the ${id} sample prints a list of materials, or why there is none`, {
    skip: skipOf(id),
  }, async () => {
    const { output, errors } = await run(
      id,
      callOf({ ActivityId: "at_1" }, "DescribeMaterialList"),
    );
    assert.match(output + errors, /InvalidParameterValue\.ActivityIdNotFound/);
  });
}
