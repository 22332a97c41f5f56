import assert from "node:assert/strict";
import test from "node:test";
import type { SpeedRow } from "../../../../bench/speedometer/speed-case.ts";
import { figuresOf, reportText } from "../../../../bench/speedometer/speed-report.ts";

/** A row whose call takes 10 ms for each touched megapixel over a floor of 100 ms, and 7 of them on faces. */
function aRow(touched: number, change: Partial<SpeedRow> = {}): SpeedRow {
  return {
    megapixels: 1,
    facePx: 64 + touched,
    faces: 1,
    format: "jpeg",
    modelType: 1,
    runs: 21,
    callMs: 100 + 10 * touched,
    floorMs: 100,
    callCpuMs: 100,
    floorCpuMs: 100,
    classicMs: 200,
    stepMs: { "decode-pictures": 100, "find-faces": 3 * touched, "draw-face": 7 * touched },
    allocated: { heapBytes: 1e6, bufferBytes: 2e6 },
    stepAllocated: {},
    peakRssMiB: 300,
    touchedPixels: touched * 1e6,
    ...change,
  };
}

test("targets find ratio, memory and the slowest call beside the classic method by the case's name", () => {
  const figures = figuresOf([aRow(2), aRow(5, { classicMs: 120 })]);
  assert.equal(figures.get("1 MP, 66 px: call / floor"), 1.2);
  assert.equal(figures.get("1 MP, 66 px: peak RSS, MiB"), 300);
  assert.equal(figures.get("slowest call / classic"), 1.25);
  assert.equal(figures.get("R2 of time over touched pixels"), undefined);
});

test("ten cases are enough for a line, and both lines are printed", () => {
  const rows = Array.from({ length: 10 }, (_, i) => aRow(i + 1));
  const other = aRow(3, { format: "png", callMs: 9999 });
  assert.ok(
    Math.abs(figuresOf([...rows, other]).get("R2 of time over touched pixels")! - 1) < 1e-9,
  );
  const text = reportText(rows);
  assert.match(text, /Above the floor .*: 0 ms \+ 10 ms per touched megapixel, R2 1\.000/);
  assert.match(text, /The steps on faces alone: 0 ms \+ 7 ms per touched megapixel, R2 1\.000/);
});
