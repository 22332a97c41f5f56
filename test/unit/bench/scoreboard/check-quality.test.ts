import assert from "node:assert/strict";
import test from "node:test";
import { checkQuality, wishesOf, wishLines } from "../../../../bench/scoreboard/check-quality.ts";
import { figuresOf } from "../../../../bench/scoreboard/figures.ts";
import { groupsOf, sizeClass } from "../../../../bench/scoreboard/groups.ts";
import { type FaceRow, summarize } from "../../../../bench/scoreboard/summary.ts";
import { readTargets } from "../../../../bench/targets.ts";

function face(pair: string, method: string, more: Partial<FaceRow>): FaceRow {
  return {
    ...{ pair, method, merge: 0, purpose: "easy-frontal", isTonePair: false, facePx: 200 },
    ...{ isFoundAgain: true, ...more },
  };
}

const rows = [
  face("a", "faceloom", { seam: 1, dFace: 1, blotches: 2, facePx: 50 }),
  face("a", "classic", { seam: 0.5, dFace: 3, facePx: 50 }),
  face("b", "faceloom", { seam: 3, dFace: 2, purpose: "teeth" }),
  face("b", "classic", { seam: 4, dFace: 1, purpose: "teeth" }),
  face("t", "faceloom", { seam: 1.1, dFace: 2, blotches: 2, purpose: "dark", isTonePair: true }),
];
const groups = groupsOf([...rows, { purpose: "refused", isTonePair: false }]);
const of = (method: string) => summarize(method, groups, { faces: rows, outcomes: [] });
const figures = figuresOf(of("faceloom"), of("classic"));

test("faces stand in the group of their purpose, of all, and of their size; tone pairs in their own only", () => {
  assert.deepEqual(
    of("faceloom").map(({ kind, group, faces }) => [kind, group, faces]),
    [
      ["purpose", "easy-frontal", 1],
      ["purpose", "teeth", 1],
      ["purpose", "refused", 0],
      ["all", "all", 2],
      ["size", "<60 px", 1],
      ["size", "120-250 px", 1],
      ["tone", "dark", 1],
    ],
  );
  assert.deepEqual([0, 59.9, 60, 120, 250, 1700].map(sizeClass), [
    ...["<60 px", "<60 px", "60-120 px", "120-250 px", ">250 px", ">250 px"],
  ]);
});

test("figures are means of the main list, differences to the classic method and ratios to the easy group", () => {
  assert.equal(figures.get("seam"), 2);
  assert.equal(figures.get("easy-frontal: seam - classic"), 0.5);
  assert.equal(figures.get("teeth: seam - classic"), -1);
  assert.equal(figures.get("dark: dFace / easy-frontal"), 2);
  assert.equal(figures.get("dark: blotch / easy-frontal"), 1);
  assert.equal(figures.has("teeth: eye - classic"), false);
});

test("a gate is missed above, below and without its figure; a part of the pairs is held to what it measured", () => {
  const gates = {
    seam: { atMost: 1.9 },
    found: { atLeast: 1 },
    dFace: { atLeast: 1.6, atMost: 9 },
    eye: { atMost: 1 },
  };
  assert.deepEqual(checkQuality(gates, figures, true), [
    "missed: seam is 2, wanted at most 1.9",
    "missed: dFace is 1.5, wanted 1.6 to 9",
    "missed: eye is not measured, wanted at most 1",
  ]);
  assert.equal(checkQuality(gates, figures, false).length, 2);
});

test("wishes are told with their figure until they are reached, for each group by its name", () => {
  const wishes = wishesOf(
    { seam: { atMost: 1.5 }, "each purpose: seam - classic": { atMost: 0 } },
    figures,
    groups,
  );
  assert.deepEqual(wishLines(wishes, {}), [
    "not yet: seam is 2, wanted at most 1.5",
    "not yet: easy-frontal: seam - classic is 0.5, wanted at most 0",
    "reached but not gating: teeth: seam - classic -1",
  ]);
  assert.equal(wishLines(wishes, { "teeth: seam - classic": { atMost: 0 } }).length, 2);
});

test("every gate of the repository that a wish goes beyond is the weaker of the two", () => {
  const { gates, wishes } = readTargets().quality;
  for (const [name, { atLeast = -Infinity, atMost = Infinity }] of Object.entries(wishes)) {
    const gate = gates[name];
    if (!gate) continue;
    assert.ok((gate.atLeast ?? -Infinity) <= atLeast, name);
    assert.ok((gate.atMost ?? Infinity) >= atMost, name);
  }
});
