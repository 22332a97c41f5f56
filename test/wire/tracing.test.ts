import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { startServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";
import { startTraceCollector } from "../support/trace-collector.ts";

const require = createRequire(import.meta.url);

test("a call's trace has its parts, one within the other, and nothing of the caller's", async () => {
  await using collector = await startTraceCollector();
  await using server = await startServer({
    FACELOOM_WORKERS: "1",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  const photo = await readFile(require.resolve("@vladmandic/face-api/demo/sample1.jpg"), "base64");
  const call = { RspImgType: "url", ModelImage: photo, MergeInfos: [{ Image: photo }] };
  const answer = await callSigned(server, "FuseFaceUltra", call);
  assert.equal(answer.code, undefined);
  await callSigned({ ...server, secretKey: "wrong" }, "FuseFaceUltra", call);
  const exit = once(server.process, "exit");
  server.process.kill("SIGTERM");
  await exit;

  const root = collector.spans.find(({ name }) => name === "FuseFaceUltra");
  assert.ok(root);
  assert.ok(JSON.stringify(root.attributes).includes(answer.requestId!));
  const parts = collector.spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
  const names = parts.map(({ name }) => name);
  for (const name of ["download", "queue", "decode-pictures", "encode-result", "store"]) {
    assert.ok(names.includes(name), `${name} is not among ${names.join(", ")}`);
  }
  const nanos = (text: string) => BigInt(text);
  for (const part of parts) {
    assert.ok(nanos(part.startTimeUnixNano) >= nanos(root.startTimeUnixNano));
    assert.ok(nanos(part.endTimeUnixNano) >= nanos(part.startTimeUnixNano));
  }
  assert.ok(collector.spans.some(({ name }) => name === "refused call"));
  const all = JSON.stringify(collector.spans);
  assert.doesNotMatch(
    all,
    new RegExp(`${server.secretId}|${server.secretKey}|/results/|${photo.slice(0, 40)}`),
  );
});
