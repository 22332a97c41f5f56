import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { decodePicture } from "../../src/imaging/codec.ts";
import { openContentClassifier, unsafeShare01 } from "../../src/inference/content-classifier.ts";
import { MODERATION_SETTINGS } from "../../src/moderation/config.ts";
import { testClassifier } from "../support/test-models.ts";
import { sharedData } from "./shared-data.ts";

test("every photo passes the content classifier at the default", async (t) => {
  const folder = sharedData("faces");
  const manifest = await readFile(path.join(folder, "manifest.json"), "utf8");
  const photos: readonly { readonly file: string }[] = JSON.parse(manifest);
  await using classifier = await openContentClassifier(await testClassifier());
  const scores: { readonly file: string; readonly unsafe01: number }[] = [];
  for (const { file } of photos) {
    const picture = await decodePicture(await readFile(path.join(folder, file)));
    scores.push({ file, unsafe01: unsafeShare01(await classifier.classify(picture)) });
  }
  const highest = scores.toSorted((a, b) => b.unsafe01 - a.unsafe01).slice(0, 5);
  for (const { file, unsafe01 } of highest) t.diagnostic(`${file} ${unsafe01.toFixed(3)}`);
  const bound01 = MODERATION_SETTINGS.maxUnsafePercent.default / 100;
  assert.ok(scores.length > 30);
  assert.deepEqual(
    scores.filter(({ unsafe01 }) => unsafe01 > bound01),
    [],
  );
});
