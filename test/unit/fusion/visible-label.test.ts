import assert from "node:assert/strict";
import test from "node:test";
import { visibleLabelFor } from "../../../src/fusion/visible-label.ts";

const RECT = { x: 1, y: 2, width: 3, height: 4 };

test("as asked: none stays none, a label gets the operator's language", () => {
  const rules = { language: "en", visible: "as-asked" } as const;
  assert.equal(visibleLabelFor(undefined, rules), undefined);
  assert.deepEqual(visibleLabelFor({ rect: RECT }, rules), { rect: RECT, language: "en" });
});

test("always: the default text is in the corner even when a call asks for none, and beside its logo", () => {
  const rules = { language: "zh", visible: "always" } as const;
  const added = { language: "zh", isAlsoInCorner: true };
  assert.deepEqual(visibleLabelFor(undefined, rules), added);
  assert.deepEqual(visibleLabelFor({ rect: RECT }, rules), { rect: RECT, ...added });
});
