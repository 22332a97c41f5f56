import assert from "node:assert/strict";
import test from "node:test";
import {
  centredCosine,
  centreOf,
  identityTransfer,
  nearestIdentity,
} from "../../../../bench/metrics/identity.ts";

const user = { identity: "user", embedding: [1, 0.1, 5] };
const template = { identity: "template", embedding: [0.1, 1, 5] };
const other = { identity: "other", embedding: [-1, -1, 5] };
const centre = centreOf([user, template, other]);

test("the centre counts a person with many photos once", () => {
  assert.deepEqual([...centreOf([user, user, user, template, other])], [...centre]);
});

test("cosines about the centre tell people apart whose raw cosines are all close to 1", () => {
  assert.ok(centredCosine(user.embedding, template.embedding, centre) < 0.2);
  assert.ok(Math.abs(centredCosine(user.embedding, user.embedding, centre) - 1) < 1e-12);
});

test("transfer is 0 for the untouched template and 1 for the user's own embedding", () => {
  const faces = { user: user.embedding, template: template.embedding };
  const untouched = identityTransfer({ ...faces, result: template.embedding }, centre);
  const whole = identityTransfer({ ...faces, result: user.embedding }, centre);
  assert.ok(Math.abs(untouched) < 1e-12);
  assert.ok(Math.abs(whole - 1) < 1e-12);
});

test("retrieval names the candidate nearest to the result", () => {
  assert.equal(nearestIdentity([0.9, 0.2, 5], [template, user, other], centre), "user");
  assert.equal(nearestIdentity([0.9, 0.2, 5], [], centre), undefined);
});
