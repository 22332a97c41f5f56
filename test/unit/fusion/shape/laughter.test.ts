import assert from "node:assert/strict";
import test from "node:test";
import { laughterShare } from "../../../../src/fusion/shape/laughter.ts";
import { foundPortraits } from "../../../support/found-faces.ts";

const [smiling, calm] = (await foundPortraits("smiling", "calm")).map(({ face }) => face.mesh) as [
  Float32Array,
  Float32Array,
];

test("who laughs on a calm template laughs more than it; who is calm on a laughing one does not", () => {
  assert.ok(laughterShare(smiling, calm) > 0.3);
  assert.equal(laughterShare(calm, smiling), 0);
  assert.equal(laughterShare(smiling, smiling), 0);
});
