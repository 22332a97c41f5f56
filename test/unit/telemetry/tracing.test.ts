import assert from "node:assert/strict";
import test from "node:test";
import { TELEMETRY_SETTINGS } from "../../../src/telemetry/config.ts";
import { openOtlpExporter } from "../../../src/telemetry/open-otlp-exporter.ts";
import { createOtlpExporter } from "../../../src/telemetry/otlp-exporter.ts";
import { parseTraceParent, type Trace } from "../../../src/telemetry/trace.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import { startTraceCollector } from "../../support/trace-collector.ts";

const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function aTrace(change: Partial<Trace> = {}): Trace {
  const part = { name: "decode", startMs: START_MS + 1, endMs: START_MS + 5.5, isFailed: false };
  return {
    ...{ name: "FuseFaceUltra", startMs: START_MS, endMs: START_MS + 12.25, isFailed: false },
    attributes: { "faceloom.code": "OK", "faceloom.faces": 2, half: 0.5, yes: true },
    parts: [{ ...part, attributes: {} }],
    parent: undefined,
    ...change,
  };
}

function exporterTo(url: string, headers = {}) {
  return createOtlpExporter({ url, headers, resource: { "service.name": "x" }, gatherMs: 10 });
}

test("a trace arrives as OTLP: ids, parents, nanoseconds, typed attributes", async () => {
  await using collector = await startTraceCollector();
  const exporter = exporterTo(`${collector.url}/v1/traces`, { "x-key": "k" });
  exporter.add(aTrace());
  await exporter[Symbol.asyncDispose]();
  const [root, part] = collector.spans;
  assert.match(root!.traceId, /^[\da-f]{32}$/);
  assert.match(root!.spanId, /^[\da-f]{16}$/);
  assert.deepEqual([part!.traceId, part!.parentSpanId], [root!.traceId, root!.spanId]);
  assert.equal(root!.startTimeUnixNano, `${START_MS}000000`);
  assert.equal(root!.endTimeUnixNano, `${START_MS + 12}250000`);
  assert.deepEqual(
    root!.attributes.map(({ value }) => value),
    [{ stringValue: "OK" }, { intValue: "2" }, { doubleValue: 0.5 }, { boolValue: true }],
  );
  assert.equal(collector.requests[0]!.headers["x-key"], "k");
  assert.equal(collector.requests[0]!.headers["content-type"], "application/json");
});

test("a trace that somebody else began keeps its id and its parent; a failure is marked", async () => {
  await using collector = await startTraceCollector();
  const exporter = exporterTo(collector.url);
  const parent = { traceId: "a".repeat(32), spanId: "b".repeat(16), isSampled: true };
  exporter.add(aTrace({ parent, isFailed: true }));
  await exporter[Symbol.asyncDispose]();
  const [root] = collector.spans;
  assert.deepEqual([root!.traceId, root!.parentSpanId], [parent.traceId, parent.spanId]);
  assert.equal(root!.status.code, 2);
});

test("a collector that refuses or is gone costs spans and nothing else", async () => {
  await using collector = await startTraceCollector(503);
  for (const url of [collector.url, "http://127.0.0.1:1"]) {
    const exporter = exporterTo(url);
    exporter.add(aTrace());
    await exporter[Symbol.asyncDispose]();
    assert.equal(exporter.droppedSpans(), 2);
  }
});

test("a collector that is silent neither fills the memory nor holds up the end", async () => {
  await using collector = await startTraceCollector("silence");
  const exporter = exporterTo(collector.url);
  for (let i = 0; i < 3_000; i++) exporter.add(aTrace());
  assert.ok(exporter.droppedSpans() >= 6_000 - 2_048);
  const startedMs = performance.now();
  await exporter[Symbol.asyncDispose]();
  assert.ok(performance.now() - startedMs < 20_000);
});

test("traceparent is read as W3C has it, and nothing else is", () => {
  const [trace, span] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];
  assert.deepEqual(parseTraceParent(`00-${trace}-${span}-01`), {
    traceId: trace,
    spanId: span,
    isSampled: true,
  });
  assert.equal(parseTraceParent(`00-${trace}-${span}-00`)?.isSampled, false);
  for (const wrong of [
    ...[undefined, "", "x", `00-${trace}-${span}`, `00-${trace.toUpperCase()}-${span}-01`],
    ...[`00-${"0".repeat(32)}-${span}-01`, `00-${trace}-${"0".repeat(16)}-01`],
  ]) {
    assert.equal(parseTraceParent(wrong), undefined);
  }
});

test("without a collector, or when OpenTelemetry is switched off, there is no exporter", async () => {
  const settings = defaultsOf(TELEMETRY_SETTINGS);
  assert.equal(openOtlpExporter(settings, { version: "1" }), undefined);
  const off = { ...settings, otlpEndpoint: "http://127.0.0.1:1", isTracingOff: true };
  assert.equal(openOtlpExporter(off, { version: "1" }), undefined);
});

test("the standard variables name path, headers and service", async () => {
  await using collector = await startTraceCollector();
  const settings = {
    ...defaultsOf(TELEMETRY_SETTINGS),
    otlpEndpoint: `${collector.url}/`,
    otlpHeaders: "authorization=Basic%20abc, x-tenant=t",
    serviceName: "shop-faces",
  };
  const exporter = openOtlpExporter(settings, { version: "1.2.3" })!;
  exporter.add(aTrace());
  await exporter[Symbol.asyncDispose]();
  const [sent] = collector.requests;
  assert.equal(sent!.path, "/v1/traces");
  assert.deepEqual([sent!.headers.authorization, sent!.headers["x-tenant"]], ["Basic abc", "t"]);
  assert.match(JSON.stringify(collector.resource()), /shop-faces.*1\.2\.3/);
});
