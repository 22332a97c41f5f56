import assert from "node:assert/strict";
import test from "node:test";
import { openContentClassifier, unsafeShare01 } from "../../../src/inference/content-classifier.ts";
import { loadContentNetwork, useTensorflow } from "../../support/content-network.ts";
import { demoPhoto } from "../../support/demo-photos.ts";
import { testClassifier } from "../../support/test-models.ts";

test("photos get the probabilities that the original library computes, and none is unsafe", async (t) => {
  const tf = await useTensorflow();
  const network = await loadContentNetwork();
  await using classifier = await openContentClassifier(await testClassifier());
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const picture = await demoPhoto(number);
    const scores = await classifier.classify(picture);
    const expected = tf.tidy(() => {
      const pixels = tf.tensor3d(picture.data, [picture.height, picture.width, 3]);
      const resized = tf.image.resizeBilinear(
        pixels.toFloat().div<typeof pixels>(255),
        [224, 224],
        true,
      );
      const batch = resized.reshape([1, 224, 224, 3]);
      return Array.from((network.predict(batch) as typeof batch).dataSync());
    });
    for (const [i, share] of Object.values(scores).entries()) {
      assert.ok(Math.abs(share - expected[i]!) < 2e-3, `photo ${number}, class ${i}`);
    }
    const unsafe = unsafeShare01(scores);
    t.diagnostic(
      `photo ${number}: unsafe ${unsafe.toFixed(3)}, suggestive ${scores.sexy.toFixed(3)}`,
    );
    assert.ok(unsafe < 0.5);
  }
});
