import assert from "node:assert/strict";
import { Writable } from "node:stream";
import test from "node:test";
import { createLogSink } from "../../../src/telemetry/log-sink.ts";

/** A stream whose reader takes nothing until it is told to. */
function aStuckStream() {
  const taken: string[] = [];
  let go: (() => void) | undefined;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      taken.push(String(chunk));
      if (go === undefined) go = done;
      else done();
    },
  });
  return { stream, taken, release: () => go?.() };
}

test("while nobody reads, lines are collected up to a bound and then dropped; the gap is told", async () => {
  const { stream, taken, release } = aStuckStream();
  const sink = createLogSink(stream, 100);
  for (let i = 0; i < 20; i++) sink.write(`${i} ${"x".repeat(17)}\n`);
  assert.ok(sink.droppedLines() > 10 && sink.droppedLines() < 20);
  assert.equal(await sink.flush(20), false);
  release();
  assert.equal(await sink.flush(1_000), true);
  sink.write("after\n");
  await sink.flush(1_000);
  assert.equal(JSON.parse(taken.at(-2)!).lines, sink.droppedLines());
  assert.equal(taken.at(-1), "after\n");
});

test("a reader that is gone loses lines and stops nothing", async () => {
  const { stream } = aStuckStream();
  const sink = createLogSink(stream);
  stream.destroy(new Error("EPIPE"));
  sink.write("line\n");
  assert.equal(sink.droppedLines(), 1);
  assert.equal(await sink.flush(10), true);
});
