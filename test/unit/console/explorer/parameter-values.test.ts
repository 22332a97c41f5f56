import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  documentedName,
  type Path,
  valueAt,
  withValue,
} from "../../../../console/src/pages/explorer/parameter-values.ts";

test("a value is put where its path leads, objects and lists made on the way", () => {
  assert.deepEqual(withValue({}, ["MergeInfos", 0, "Url"], "x"), { MergeInfos: [{ Url: "x" }] });
  assert.deepEqual(withValue({ A: 1 }, ["B"], 2), { A: 1, B: 2 });
});

test("nothing given takes a member or an item away and leaves the others", () => {
  assert.deepEqual(withValue({ A: 1, B: 2 }, ["A"], undefined), { B: 2 });
  assert.deepEqual(withValue({ L: [1, 2, 3] }, ["L", 1], undefined), { L: [1, 3] });
});

test("what was put is found, and the values before are as they were", () => {
  const path = fc.tuple(fc.string(), fc.nat(0), fc.string()).map((steps): Path => steps);
  fc.assert(
    fc.property(path, fc.jsonValue(), (steps, value) => {
      fc.pre(value !== undefined && !steps.includes("__proto__"));
      const before = { kept: [{ other: true }] };
      const copy = structuredClone(before);
      assert.deepEqual(valueAt(withValue(before, steps, value), steps), value);
      assert.deepEqual(before, copy);
    }),
  );
});

test("numbers of a path are written as the documents write them", () => {
  assert.equal(documentedName(["MergeInfos", 3, "Url"]), "MergeInfos.N.Url");
});
