import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { OpenedResult } from "../../src/storage/storage.ts";
import type { Gateway } from "../support/gateway.ts";
import { anAnswer, startGateway } from "../support/gateway.ts";
import { sendRaw } from "../support/send-raw.ts";
import { envelopeOf, send, sendTc3 } from "../support/tc3-client.ts";

const BODY = JSON.stringify({
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  MergeInfos: [{ Image: "QUFBQQ==" }],
});

let gateway: Gateway;
before(async () => {
  gateway = await startGateway({ environment: { FACELOOM_HTTP_MAX_BODY_BYTES: "1000000" } });
});
after(() => gateway[Symbol.asyncDispose]());

test("the answer's type carries no charset and its length is told", async () => {
  const answer = await sendTc3(gateway.address, gateway.key, { body: BODY });
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.headers["content-length"], String(Buffer.byteLength(answer.text)));
  assert.equal(answer.headers["x-tc-requestid"], envelopeOf(answer).RequestId);
  assert.equal(answer.headers["content-encoding"], undefined);
});

test("a bare request is told which parameter is missing first", async () => {
  for (const method of ["GET", "POST"]) {
    const answer = await send(gateway.address, { method, target: "/", headers: {} });
    assert.equal(answer.status, 200);
    assert.equal(
      envelopeOf(answer).Error?.Message,
      "The request is missing a required parameter `Timestamp`.",
    );
  }
});

test("a body over the limit is answered, not cut off", async () => {
  for (const headers of [{}, { "Transfer-Encoding": "chunked" }]) {
    const body = Buffer.alloc(1_200_000, " ");
    const answer = await sendTc3(gateway.address, gateway.key, { body, headers });
    assert.equal(answer.status, 200);
    assert.equal(envelopeOf(answer).Error?.Code, "RequestSizeLimitExceeded");
  }
});

test("bodies that together are over the limit are told to retry", async () => {
  const { promise: isDone, resolve: finish } = Promise.withResolvers<void>();
  await using full = await startGateway({
    environment: { FACELOOM_HTTP_MAX_BODY_BYTES_IN_FLIGHT: "1024" },
    run: async (job) => {
      await isDone;
      return anAnswer(job);
    },
  });
  const padded = BODY.replace("{", `{${" ".repeat(600)}`);
  const first = sendTc3(full.address, full.key, { body: padded });
  while (full.jobs.length === 0) await sleep(5);
  const second = await sendTc3(full.address, full.key, { body: padded });
  assert.equal(envelopeOf(second).Error?.Code, "RequestLimitExceeded");
  finish();
  assert.equal(envelopeOf(await first).Error, undefined);
  const third = await sendTc3(full.address, full.key, { body: padded });
  assert.equal(envelopeOf(third).Error, undefined);
});

test("a query over 32 KiB is refused as too large", async () => {
  const target = `/?a=${"x".repeat(33_000)}`;
  const answer = await send(gateway.address, { method: "GET", target, headers: {} });
  assert.equal(envelopeOf(answer).Error?.Code, "RequestSizeLimitExceeded");
});

test("Expect: 100-continue is answered before the body", async () => {
  const answer = await sendTc3(gateway.address, gateway.key, {
    body: BODY,
    headers: { Expect: "100-continue", "Content-Length": String(BODY.length) },
  });
  assert.equal(envelopeOf(answer).Error, undefined);
});

test("a header block over the limit is refused with 431", async () => {
  const answer = await sendRaw(
    gateway.address,
    `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${"x".repeat(60_000)}\r\n\r\n`,
  );
  assert.match(answer, /^HTTP\/1\.1 431 /);
});

test("an error before the chain tells nothing of the software", async () => {
  const answer = await sendRaw(gateway.address, "NONSENSE\r\n\r\n");
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.doesNotMatch(answer, /fastify|node|stack|\/src\//i);
});

test("when the caller hangs up, the job is told", async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
  await using slow = await startGateway({
    run: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          resolve(signal.reason);
          reject(signal.reason);
        });
      }),
  });
  const hangUp = new AbortController();
  const call = sendTc3(slow.address, slow.key, { body: BODY, signal: hangUp.signal });
  const outcome = call.catch((error: Error) => error.name);
  while (slow.jobs.length === 0) await sleep(5);
  hangUp.abort();
  assert.equal(await outcome, "AbortError");
  assert.equal(((await aborted) as { reason: string }).reason, "cancelled");
});

test("a stopping server answers what it has taken and takes no more", async () => {
  const { promise: isDone, resolve: finish } = Promise.withResolvers<void>();
  const stopping = await startGateway({
    run: async (job) => {
      await isDone;
      return anAnswer(job);
    },
  });
  const running = sendTc3(stopping.address, stopping.key, { body: BODY });
  while (stopping.jobs.length === 0) await sleep(5);
  const stopped = stopping[Symbol.asyncDispose]();
  await assert.rejects(sendTc3(stopping.address, stopping.key, { body: BODY }), /ECONNREFUSED/);
  finish();
  assert.equal(envelopeOf(await running).Error, undefined);
  await stopped;
});

test("what is not answered when the time to stop is over is cut off and cancelled", async () => {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>();
  const stopping = await startGateway({
    environment: { FACELOOM_STOP_TIMEOUT_MS: "50" },
    run: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          resolve();
          reject(signal.reason);
        });
      }),
  });
  const running = sendTc3(stopping.address, stopping.key, { body: BODY }).catch(() => "cut off");
  while (stopping.jobs.length === 0) await sleep(5);
  await stopping[Symbol.asyncDispose]();
  assert.equal(await running, "cut off");
  await cancelled;
});

test("a configured port that is taken is a fault of the configuration", async () => {
  const { port } = new URL(gateway.address);
  await assert.rejects(startGateway({ environment: { FACELOOM_HTTP_PORT: port } }), {
    reason: "configuration-invalid",
    message: /Cannot listen on 127\.0\.0\.1, port \d+ \(EADDRINUSE\)/,
  });
});

test("an answer of 20 MB arrives whole and is not rewritten", async () => {
  const image = Buffer.alloc(15_000_000, 7);
  await using large = await startGateway({ run: async (job) => anAnswer(job, image) });
  const answer = await sendTc3(large.address, large.key, { body: BODY });
  const { FusedImage, Error: error } = envelopeOf(answer);
  assert.equal(error, undefined);
  assert.ok(Buffer.from(FusedImage ?? "", "base64").equals(image));
});

test("an unforeseen error is an InternalError with a RequestId and a stack in the log only", async () => {
  await using broken = await startGateway({
    run: () => Promise.reject(new Error("secret detail")),
  });
  const answer = await sendTc3(broken.address, broken.key, { body: BODY });
  const { Error: error, RequestId } = envelopeOf(answer);
  assert.equal(error?.Code, "InternalError");
  assert.doesNotMatch(answer.text, /secret detail/);
  const line = broken.log.at(-1)!;
  assert.equal(line.level, "error");
  assert.equal(line.requestId, RequestId);
  assert.match(JSON.stringify(line), /secret detail/);
});

test("a finished call is one line in the log, without its picture", async () => {
  const before = gateway.log.length;
  await sendTc3(gateway.address, gateway.key, { body: BODY });
  const lines = gateway.log.slice(before);
  assert.equal(lines.length, 1);
  const { action, faces, sourceBytes, message } = lines[0]!;
  assert.deepEqual(
    { action, faces, sourceBytes, message },
    {
      action: "FuseFaceUltra",
      faces: 1,
      sourceBytes: BODY.length,
      message: "Request answered",
    },
  );
  assert.doesNotMatch(JSON.stringify(lines), /QUFBQQ/);
});

test("a result is served with its type, its rest of time and headers that keep it a picture", async () => {
  const bytes = Buffer.from([1, 2, 3]);
  const now = Date.UTC(2026, 0, 1);
  const result: OpenedResult = {
    byteLength: bytes.length,
    async *read() {
      yield bytes;
    },
    format: "png",
    expiresAtMs: now + 90_500,
  };
  await using serving = await startGateway({
    results: new Map([["/results/a.png?e=1&s=2", result]]),
    nowMs: () => now,
  });
  const get = (target: string, method = "GET") =>
    send(serving.address, { method, target, headers: {} });
  const answer = await get("/results/a.png?e=1&s=2");
  assert.equal(answer.status, 200);
  assert.equal(answer.text, "\u0001\u0002\u0003");
  assert.equal(answer.headers["content-type"], "image/png");
  assert.equal(answer.headers["cache-control"], "private, max-age=90");
  assert.equal(answer.headers["x-content-type-options"], "nosniff");
  assert.equal(answer.headers["content-security-policy"], "default-src 'none'; sandbox");
  const head = await get("/results/a.png?e=1&s=2", "HEAD");
  assert.equal(head.status, 200);
  assert.equal(head.text, "");
  assert.equal(head.headers["content-length"], "3");
});

test("every other result link gets the same answer", async () => {
  const answers = await Promise.all(
    ["/results/", "/results/x", "/results/..%2f..%2fetc", "/results/a.png?e=1&s=3"].map((target) =>
      send(gateway.address, { method: "GET", target, headers: {} }),
    ),
  );
  for (const { status, text } of answers) assert.deepEqual([status, text], [403, "Forbidden\n"]);
});

test("health and readiness are told, and nothing else", async () => {
  for (const [target, status] of [
    ["/healthz", "ok"],
    ["/readyz", "ready"],
  ] as const) {
    const answer = await send(gateway.address, { method: "GET", target, headers: {} });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.text), { status });
  }
});
