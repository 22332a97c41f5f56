import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  DEFAULT_FUSION_OPTIONS,
  type FusionOptions,
  type ModelType,
} from "../../../src/fusion/fusion-options.ts";
import { tuneFusion } from "../../../src/fusion/presets.ts";

const MODEL_TYPES: readonly ModelType[] = [1, 2, 3, 4, 5, 6];

function tuned(options: Partial<FusionOptions>) {
  return tuneFusion({ ...DEFAULT_FUSION_OPTIONS, ...options });
}

for (const modelType of MODEL_TYPES) {
  test(`all shares of model type ${modelType} stay between 0 and 1 for every strength`, () => {
    const strength = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(strength, strength, strength, (reshape, enhance, smooth) => {
        const tuning = tuned({
          modelType,
          reshapeStrength: reshape,
          enhanceStrength: enhance,
          smoothStrength: smooth,
        });
        const { outline, placement, lidShape, plainShape } = tuning;
        for (const share of [
          outline,
          placement,
          lidShape,
          plainShape,
          tuning.enhance,
          tuning.smooth,
        ])
          assert.ok(share >= 0 && share <= 1, `${share}`);
      }),
    );
  });

  test(`model type ${modelType} enhances and smooths not at all at strength 0 and more at 1 than at a half`, () => {
    const at = (strength: number) =>
      tuned({ modelType, enhanceStrength: strength, smoothStrength: strength });
    assert.equal(at(0).enhance, 0);
    assert.equal(at(0).smooth, 0);
    assert.ok(at(1).enhance > at(0.5).enhance && at(0.5).enhance > 0);
    assert.ok(at(1).smooth > at(0.5).smooth && at(0.5).smooth > 0);
  });
}

test("at twice the recommended strength an effect is twice as strong, but never more than whole", () => {
  for (const modelType of MODEL_TYPES) {
    const half = tuned({ modelType, enhanceStrength: 0.5, smoothStrength: 0.5 });
    const whole = tuned({ modelType, enhanceStrength: 1, smoothStrength: 1 });
    assert.equal(whole.enhance, Math.min(1, 2 * half.enhance));
    assert.equal(whole.smooth, Math.min(1, 2 * half.smooth));
  }
});

test("a stronger reshape takes more of the user's outline and placement", () => {
  const [none, some, full] = [0, 0.5, 1].map((reshapeStrength) =>
    tuned({ modelType: 1, reshapeStrength }),
  );
  assert.equal(none!.outline, 0);
  assert.equal(full!.outline, 1);
  assert.ok(none!.outline < some!.outline && some!.outline < full!.outline);
  assert.ok(none!.placement < some!.placement && some!.placement < full!.placement);
});

test("type 1 enhances most and type 6 smooths least; only type 5 keeps a covered mouth and the template's eyes", () => {
  const all = MODEL_TYPES.map((modelType) => tuned({ modelType }));
  assert.equal(Math.max(...all.map((tuning) => tuning.enhance)), all[0]!.enhance);
  assert.equal(Math.min(...all.map((tuning) => tuning.smooth)), all[5]!.smooth);
  assert.deepEqual(
    all.map((tuning) => tuning.keepCoveredMouth),
    [false, false, false, false, true, false],
  );
  assert.deepEqual(
    all.map((tuning) => tuning.userEyes === "never"),
    [false, false, false, false, true, false],
  );
});

test("likeness scales the places and shapes of the features, not the outline", () => {
  for (const modelType of MODEL_TYPES) {
    const [full, half, none] = [undefined, 0.5, 0].map((likeness) =>
      tuned({ modelType, likeness }),
    );
    assert.equal(full!.likeness, 1);
    for (const name of ["placement", "lidShape", "plainShape"] as const) {
      assert.ok(full![name] > 0);
      assert.equal(half![name], full![name] / 2);
      assert.equal(none![name], 0);
    }
    assert.equal(none!.outline, full!.outline);
  }
});

test("whether teeth are enhanced is the caller's word", () => {
  assert.equal(tuned({ enhanceTeeth: true }).enhanceTeeth, true);
  assert.equal(tuned({ enhanceTeeth: false }).enhanceTeeth, false);
});
