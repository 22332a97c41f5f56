import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { compareLines } from "../../../../console/src/signature/compare-lines.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 8 });

test("both texts are there in full and in order, and same rows are equal", () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const rows = compareLines(a.join("\n"), b.join("\n"));
      assert.deepEqual(
        rows.flatMap(({ ours }) => ours ?? []),
        a,
      );
      assert.deepEqual(
        rows.flatMap(({ theirs }) => theirs ?? []),
        b,
      );
      for (const row of rows) assert.equal(row.isSame, row.ours === row.theirs);
    }),
  );
});

test("a line more on one side leaves the others beside each other", () => {
  const rows = compareLines("POST\nhost:a\nx:1\nend", "POST\nhost:a\nend");
  assert.deepEqual(
    rows.map(({ isSame }) => isSame),
    [true, true, false, true],
  );
  assert.deepEqual(rows[2], { ours: "x:1", theirs: undefined, isSame: false });
});
