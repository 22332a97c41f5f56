import assert from "node:assert/strict";
import test from "node:test";
import { createJobLine, type JobLine } from "../../../src/workers/job-line.ts";

const never = new AbortController().signal;

/** Lets a job of `caller` join the line and notes in `out` what becomes of it. */
function join(line: JobLine<number>, caller: string, out: string[], isReturning = false): void {
  line.wait({ signal: never, caller, isReturning }).then(
    () => out.push(caller),
    (error) => out.push(`${caller} ${error.reason ?? error.message}`),
  );
}

async function serveAll(line: JobLine<number>): Promise<void> {
  while (line.serve(0)) await new Promise(setImmediate);
  await new Promise(setImmediate);
}

test("callers take turns, however many jobs one of them has", async () => {
  const line = createJobLine<number>(10);
  const out: string[] = [];
  for (const caller of ["a", "a", "a", "a", "b", "b", "c"]) join(line, caller, out);
  assert.equal(line.length, 7);
  await serveAll(line);
  assert.deepEqual(out, ["a", "b", "c", "a", "b", "a", "a"]);
});

test("one caller's jobs keep their order", async () => {
  const line = createJobLine<number>(10);
  const order: number[] = [];
  for (const n of [1, 2, 3]) {
    void line.wait({ signal: never, caller: "a", isReturning: false }).then(() => order.push(n));
  }
  await serveAll(line);
  assert.deepEqual(order, [1, 2, 3]);
});

test("a full line turns away its longest caller's newest job for a caller with fewer", async () => {
  const line = createJobLine<number>(3);
  const out: string[] = [];
  for (const caller of ["a", "a", "a", "a"]) join(line, caller, out);
  await new Promise(setImmediate);
  assert.deepEqual(out, ["a overloaded"]);
  join(line, "b", out);
  await new Promise(setImmediate);
  assert.deepEqual(out, ["a overloaded", "a overloaded"]);
  // With two of a and one of b nobody has to make room any more.
  join(line, "b", out);
  await new Promise(setImmediate);
  assert.equal(out.at(-1), "b overloaded");
  await serveAll(line);
  assert.deepEqual(out.slice(3), ["a", "b", "a"]);
});

test("a job that comes back from a dead worker is first, and never turned away", async () => {
  const line = createJobLine<number>(1);
  const out: string[] = [];
  join(line, "a", out);
  join(line, "b", out, true);
  await serveAll(line);
  assert.deepEqual(out, ["b", "a"]);
});

test("who goes away leaves the line; closing sends all away", async () => {
  const line = createJobLine<number>(4);
  const out: string[] = [];
  const caller = new AbortController();
  const gone = line.wait({ signal: caller.signal, caller: "a", isReturning: false });
  join(line, "a", out);
  caller.abort();
  await assert.rejects(gone, { reason: "cancelled" });
  assert.equal(line.length, 1);
  line.close(new Error("closed"));
  await new Promise(setImmediate);
  assert.deepEqual(out, ["a closed"]);
  assert.equal(line.length, 0);
  assert.equal(line.serve(1), false);
});
