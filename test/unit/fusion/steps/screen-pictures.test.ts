import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { createFusionEngine, type FusionEngine } from "../../../../src/fusion/fuse.ts";
import type { Screening } from "../../../../src/fusion/fusion-options.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../../src/fusion/fusion-options.ts";
import { aPortrait } from "../../../support/portraits.ts";
import { AN_ORIGIN } from "../../../support/result-origin.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";
import { TEST_MODELS_DIR, testClassifier } from "../../../support/test-models.ts";

let engine: FusionEngine;
before(async () => {
  await testClassifier();
  engine = await createFusionEngine({ modelsDir: TEST_MODELS_DIR });
});
after(() => engine[Symbol.asyncDispose]());

/** Fuses two portraits; returns the steps that ran and the reason of a refusal. */
async function fuse(
  screening: Screening | undefined,
  by: FusionEngine = engine,
): Promise<{ readonly steps: readonly string[]; readonly outcome: string }> {
  const steps: string[] = [];
  const request = {
    template: await aPortrait("smiling", { sizePx: 160 }),
    merges: [{ user: await aPortrait("speaking", { sizePx: 160 }) }],
    options: { ...DEFAULT_FUSION_OPTIONS, screening },
    origin: AN_ORIGIN,
  };
  try {
    await by.fuse(request, { onStep: (name) => steps.push(name) });
    return { steps, outcome: "fused" };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { steps, outcome: `${error.reason} ${error.details.role ?? ""}`.trim() };
  }
}

test("no picture is screened unless it is asked for", async () => {
  const { steps, outcome } = await fuse(undefined);
  assert.equal(outcome, "fused");
  assert.deepEqual(
    steps.filter((name) => name.startsWith("screen")),
    [],
  );
});

test("portraits pass at the default in every role", async () => {
  const { steps, outcome } = await fuse({
    roles: ["template", "user", "result"],
    maxUnsafe01: 0.8,
  });
  assert.equal(outcome, "fused");
  assert.ok(steps.includes("screen-pictures") && steps.includes("screen-result"));
});

// Nothing is certain to be harmless: at 0 every picture is over the bound.
for (const [role, last] of [
  ["template", "screen-pictures"],
  ["user", "screen-pictures"],
  ["result", "screen-result"],
] as const) {
  test(`a ${role} over the bound is refused at its step`, async () => {
    const { steps, outcome } = await fuse({ roles: [role], maxUnsafe01: 0 });
    assert.equal(outcome, `moderation-refused ${role}`);
    assert.equal(steps.at(-1), last);
  });
}

test("without a built classifier nothing is fused", async () => {
  await using folder = await createTemporaryFolder();
  await using other = await createFusionEngine({ modelsDir: folder.path });
  const { outcome } = await fuse({ roles: ["user"], maxUnsafe01: 0.8 }, other);
  assert.equal(outcome, "moderation-unavailable");
});
