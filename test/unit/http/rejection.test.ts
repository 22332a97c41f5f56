import assert from "node:assert/strict";
import test from "node:test";
import { AppError } from "../../../src/base/app-error.ts";
import { REJECTIONS, rejectionOf } from "../../../src/http/rejection.ts";
import { METRICS } from "../../../src/telemetry/metric-list.ts";

test("a refusal for want of room tells what is short, other faults tell nothing", () => {
  const told = (...args: ConstructorParameters<typeof AppError>) =>
    rejectionOf(new AppError(...args));
  assert.equal(told("overloaded", "", { details: { bound: "queue" } }), "queue");
  assert.equal(told("rate-exceeded", "", { details: { count: 3, limit: 2 } }), "rate");
  assert.equal(told("resources-exhausted", "", { details: { shortage: "quota" } }), "disk");
  assert.equal(told("resources-exhausted", ""), "workers");
  assert.equal(told("worker-lost", ""), undefined);
  assert.equal(told("face-not-found", "", { details: { bound: "queue" } }), undefined);
  assert.equal(rejectionOf(new Error("x")), undefined);
});

test("the metric of rejections names every one", () => {
  for (const name of REJECTIONS) assert.ok(METRICS.rejected.help.includes(`\`${name}\``), name);
});
