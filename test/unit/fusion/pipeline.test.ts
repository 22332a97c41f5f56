import assert from "node:assert/strict";
import test, { after } from "node:test";
import { loadCanonicalFace } from "../../../src/faces/canonical-face.ts";
import { createFaceFinder } from "../../../src/faces/find-faces.ts";
import { createFaceTopology } from "../../../src/fusion/face-topology.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../src/fusion/fusion-options.ts";
import { FaceWork, FusionWork } from "../../../src/fusion/fusion-work.ts";
import { AFTER_FACES, BEFORE_FACES, PER_FACE } from "../../../src/fusion/pipeline.ts";
import { tuneFusion } from "../../../src/fusion/presets.ts";
import { runSteps } from "../../../src/fusion/step.ts";
import { aPortrait, type Sitter } from "../../support/portraits.ts";
import { AN_ORIGIN } from "../../support/result-origin.ts";
import { testModels } from "../../support/test-models.ts";

const models = await testModels();
const topology = createFaceTopology(await loadCanonicalFace(models));
const finder = await createFaceFinder({ models });
after(() => finder[Symbol.asyncDispose]());

const ALL = [...BEFORE_FACES, ...PER_FACE, ...AFTER_FACES];

test("every step has a name of its own and is described by one sentence", () => {
  const names = ALL.map((step) => step.name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, describe } of ALL) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.match(describe, /^[A-Z].*\.$/);
  }
});

/** Names of all numbers under a value that are not finite, by their path. */
function brokenNumbers(value: unknown, path: string, seen = new Set<unknown>()): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof Float32Array || value instanceof Float64Array) {
    const at = value.findIndex((v) => !Number.isFinite(v));
    return at < 0 ? [] : [`${path}[${at}]`];
  }
  if (ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    brokenNumbers(part, `${path}.${key}`, seen),
  );
}

const PAIRS: readonly (readonly [Sitter, Sitter])[] = [
  ["eyesClosed", "smiling"],
  ["leaning", "speaking"],
  ["whiteTeeth", "eyesClosed"],
];

for (const [template, user] of PAIRS) {
  test(`no step makes a number that is not one: ${user} on ${template}`, async () => {
    const options = { ...DEFAULT_FUSION_OPTIONS, reshapeStrength: 1, enhanceStrength: 1 };
    const request = {
      template: await aPortrait(template, { sizePx: 160 }),
      merges: [{ user: await aPortrait(user, { sizePx: 160 }) }],
      options,
      origin: AN_ORIGIN,
    };
    const call = new FusionWork(request, {
      finder,
      openClassifier: () => Promise.reject(new Error("No step here screens pictures.")),
    });
    await runSteps(BEFORE_FACES, call, { stepMs: {} });
    const scene = { tuning: tuneFusion(options), topology, picture: call.result };
    const work = new FaceWork(call.pairs[0]!, scene);
    for (const step of PER_FACE) {
      await runSteps([step], work, { stepMs: {} });
      assert.deepEqual(brokenNumbers(work, step.name), []);
    }
  });
}
