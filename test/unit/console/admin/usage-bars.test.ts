import assert from "node:assert/strict";
import test from "node:test";
import { usageBars } from "../../../../console/src/admin/accounts/usage-bars.ts";
import { durationText } from "../../../../console/src/admin/system/duration-text.ts";

test("the chart has 31 days up to today, over a month's end, with days without calls", () => {
  const { bars, sum, most } = usageBars(
    [
      { day: "2026-03-01", action: "FuseFaceUltra", calls: 7 },
      { day: "2026-03-02", action: "FuseFaceUltra", calls: 3 },
    ],
    "2026-03-02",
  );
  assert.equal(bars.length, 31);
  assert.equal(bars[0]?.day, "2026-01-31");
  assert.deepEqual(bars.at(-2)?.day, "2026-03-01");
  assert.deepEqual([sum, most, bars[5]?.calls], [10, 7, 0]);
});

test("actions are stacked in one order, the usual ones first", () => {
  const day = "2026-03-02";
  const { bars, actions } = usageBars(
    [
      { day, action: "Another", calls: 1 },
      { day, action: "FuseFace", calls: 2 },
      { day, action: "FuseFaceUltra", calls: 4 },
    ],
    day,
  );
  assert.deepEqual(actions, ["FuseFaceUltra", "FuseFace", "Another"]);
  assert.deepEqual(bars.at(-1)?.parts, [
    { action: "FuseFaceUltra", from: 0, to: 4 },
    { action: "FuseFace", from: 4, to: 6 },
    { action: "Another", from: 6, to: 7 },
  ]);
});

for (const [most, top] of [
  [0, 5],
  [5, 5],
  [6, 10],
  [11, 20],
  [50, 50],
  [51, 100],
  [1234, 2000],
] as const) {
  test(`an axis up to ${top} for ${most} calls`, () => {
    const day = "2026-03-02";
    assert.equal(usageBars([{ day, action: "FuseFace", calls: most }], day).top, top);
  });
}

test("durations come in their two largest units", () => {
  assert.deepEqual([0, 0.34, 9.96, 59, 61, 3600, 90_061].map(durationText), [
    "0 s",
    "0.3 s",
    "10 s",
    "59 s",
    "1 min 1 s",
    "1 h",
    "1 d 1 h",
  ]);
});
