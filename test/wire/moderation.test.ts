import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import test, { after, before } from "node:test";
import { loadConfig } from "../../src/config/config.ts";
import { createDownloader } from "../../src/download/fetch-image.ts";
import { createFusionRunner, type FusionRunner } from "../../src/jobs/run-fusion.ts";
import { createModeration, type PictureRole } from "../../src/moderation/moderation.ts";
import { createWebhookModerator } from "../../src/moderation/webhook/webhook-moderator.ts";
import { createWorkerPool, type WorkerPool } from "../../src/workers/pool.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { greyPng } from "../support/header-pictures.ts";
import { RESULT_LABELS } from "../support/result-origin.ts";
import { type Envelope, envelopeOf, sendTc3 } from "../support/tc3-client.ts";

const config = loadConfig({ FACELOOM_WORKERS: "1" });
const asked: { readonly role: string | null; readonly sha256: string | null }[] = [];

let pool: WorkerPool;
let gateway: Gateway;
let runner: FusionRunner;
/** The operator's service; a test says what it answers to each role. */
let service: Server;
let answer: (role: string | null) => { readonly status?: number; readonly text: string };

before(async () => {
  pool = await createWorkerPool(config.workers, {
    modelsDir: "none",
    logger: { info: () => undefined, warn: () => undefined },
    engineModule: new URL("../support/scripted-engine.ts", import.meta.url),
  });
  gateway = await startGateway({ run: (job, signal) => runner.run(job, signal) });
  service = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://service");
    const role = searchParams.get("role");
    asked.push({ role, sha256: searchParams.get("sha256") });
    const { status = 200, text } = answer(role);
    request.resume().on("end", () => response.writeHead(status).end(text));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await gateway[Symbol.asyncDispose]();
  await pool[Symbol.asyncDispose]();
  service.closeAllConnections();
  service.close();
});

async function fuse(
  roles: readonly PictureRole[],
  verdict: (role: string | null) => string | { readonly status?: number; readonly text: string },
): Promise<Envelope> {
  asked.length = 0;
  answer = (role) => {
    const given = verdict(role);
    return typeof given === "string" ? { text: JSON.stringify({ verdict: given }) } : given;
  };
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
  const { webhookSends: sends, allowVerdicts, blockVerdicts } = config.moderation;
  const options = { url, token: undefined, sends, timeoutMs: 2_000 };
  const webhook = createWebhookModerator({
    ...options,
    allows: allowVerdicts,
    blocks: blockVerdicts,
  });
  runner = createFusionRunner(config.jobs, {
    pool,
    labels: RESULT_LABELS,
    download: createDownloader(config.download),
    moderation: createModeration([webhook], roles),
    storage: { put: async () => ({ path: "/results/x" }) },
  });
  const template = Buffer.concat([greyPng(80, 70), Buffer.from("|large:2000000")]);
  const parameters = {
    RspImgType: "base64",
    ModelImage: template.toString("base64"),
    MergeInfos: [{ Image: greyPng(90, 70).toString("base64") }],
  };
  return envelopeOf(
    await sendTc3(gateway.address, gateway.key, { body: JSON.stringify(parameters) }),
  );
}

const ALL: readonly PictureRole[] = ["template", "user", "result"];

test("the service sees both inputs and the result, byte for byte what the caller gets", async () => {
  const { FusedImage = "" } = await fuse(ALL, () => "allow");
  // Both inputs are shown at once, so either may arrive first; the result comes last.
  const roles = asked.map(({ role }) => role);
  assert.deepEqual(roles.slice(0, 2).sort(), ["template", "user"]);
  assert.deepEqual(roles.slice(2), ["result"]);
  const result = Buffer.from(FusedImage, "base64");
  assert.equal(result.length, 2_000_000);
  assert.equal(asked[2]!.sha256, createHash("sha256").update(result).digest("hex"));
});

test("only pictures of the chosen roles are shown to the service", async () => {
  const { FusedImage = "" } = await fuse(["user"], () => "allow");
  assert.equal(Buffer.from(FusedImage, "base64").length, 2_000_000);
  assert.deepEqual(
    asked.map(({ role }) => role),
    ["user"],
  );
});

for (const refused of ALL) {
  test(`a refused ${refused}: FailedOperation.ModerationFailed`, async () => {
    const { Error: error } = await fuse(ALL, (role) => (role === refused ? "block" : "allow"));
    assert.equal(error?.Code, "FailedOperation.ModerationFailed");
  });
}

for (const [what, given, code] of [
  ["refuses requests", { status: 403, text: "" }, "FailedOperation.ModerationConfigError"],
  ["answers nothing", { text: "" }, "FailedOperation.ModerationResponseError"],
  ["fails", { status: 500, text: "" }, "FailedOperation.ModerationResponseError"],
  ["is undecided", "review", "FailedOperation.ModerationResultConfigError"],
  ["blocks", "reject", "FailedOperation.ModerationFailed"],
] as const) {
  test(`a service that ${what}: ${code}`, async () => {
    const { Error: error, FusedImage } = await fuse(ALL, () => given);
    assert.equal(error?.Code, code);
    assert.equal(FusedImage, undefined);
  });
}
