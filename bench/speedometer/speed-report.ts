import { alignColumns } from "../scoreboard/table.ts";
import { type Allocated, fitLine, nameOf, type SpeedRow, sidesOf } from "./speed-case.ts";

/** Steps that work on whole pictures; all others work on the faces' surroundings. */
const WHOLE_PICTURE_STEPS = ["decode-pictures", "find-faces", "add-label", "encode-result"];

/** Writes a line a case, the time of each step of each case, and the fit of time over touched pixels. */
export function reportText(rows: readonly SpeedRow[]): string {
  const head = ["picture, face", "runs", "call ms", "floor ms", "ratio", "cpu ratio", "classic ms"];
  const more = ["peak MiB", "touched MP", "heap MB", "buffers MB"];
  const lines = rows.map((row) => [
    nameOf(row),
    `${row.runs}`,
    row.callMs.toFixed(0),
    row.floorMs.toFixed(0),
    (row.callMs / row.floorMs).toFixed(2),
    (row.callCpuMs / row.floorCpuMs).toFixed(2),
    row.classicMs?.toFixed(0) ?? "-",
    row.peakRssMiB.toFixed(0),
    (row.touchedPixels / 1e6).toFixed(2),
    ...allocatedCells(row.allocated),
  ]);
  return `${alignColumns([[...head, ...more], ...lines])}\n\n${stepText(rows)}\n\n${fitText(rows)}\n`;
}

function stepText(rows: readonly SpeedRow[]): string {
  const steps = [...new Set(rows.flatMap((row) => Object.keys(row.stepMs)))];
  const lines = rows.map((row) => [
    nameOf(row),
    ...steps.map((step) => row.stepMs[step]?.toFixed(0) ?? "-"),
  ]);
  return alignColumns([["ms of each step", ...steps], ...lines]);
}

/** Writes one case step by step: time, pixels in reach, time a pixel, allocations. */
export function profileOf(row: SpeedRow): string {
  const { width, height } = sidesOf(row.megapixels);
  const lines = Object.entries(row.stepMs)
    .toSorted(([, a], [, b]) => b - a)
    .map(([step, ms]) => {
      const pixels = WHOLE_PICTURE_STEPS.includes(step) ? width * height : row.touchedPixels;
      const allocated = row.stepAllocated[step] ?? { heapBytes: 0, bufferBytes: 0 };
      return [
        step,
        ms.toFixed(1),
        `${((100 * ms) / row.callMs).toFixed(0)} %`,
        (pixels / 1e6).toFixed(2),
        ((1e6 * ms) / pixels).toFixed(1),
        ...allocatedCells(allocated),
      ];
    });
  const head = [nameOf(row), "ms", "share", "MP in reach", "ns a pixel", "heap MB", "buffers MB"];
  return alignColumns([head, ...lines]);
}

function allocatedCells({ heapBytes, bufferBytes }: Allocated): string[] {
  return [(heapBytes / 1e6).toFixed(1), (bufferBytes / 1e6).toFixed(1)];
}

function fitText(rows: readonly SpeedRow[]): string {
  const said = ({ constant, slope, explained01 }: ReturnType<typeof fitLine>): string =>
    `${constant.toFixed(0)} ms + ${slope.toFixed(0)} ms per touched megapixel, R2 ${explained01.toFixed(3)}`;
  return (
    `Above the floor (JPEG, type 1): ${said(fitOver(rows, aboveFloor))}.\n` +
    `The steps on faces alone: ${said(fitOver(rows, onFaces))}.`
  );
}

function aboveFloor({ callMs, floorMs }: SpeedRow): number {
  return callMs - floorMs;
}

/** Finding faces depends on the picture and on how small its faces are, not on their pixels. */
function onFaces({ stepMs }: SpeedRow): number {
  return Object.entries(stepMs)
    .filter(([step]) => !WHOLE_PICTURE_STEPS.includes(step))
    .reduce((sum, [, ms]) => sum + ms, 0);
}

/** A time over touched megapixels, for the usual model type and format. */
function fitOver(
  rows: readonly SpeedRow[],
  timeOf: (row: SpeedRow) => number,
): ReturnType<typeof fitLine> {
  return fitLine(
    rows
      .filter(({ format, modelType }) => format === "jpeg" && modelType === 1)
      .map((row) => ({ x: row.touchedPixels / 1e6, y: timeOf(row) })),
  );
}

/** The figures that targets name. */
export function figuresOf(rows: readonly SpeedRow[]): ReadonlyMap<string, number> {
  const overClassic = rows.flatMap(({ callMs, classicMs }) =>
    classicMs === undefined ? [] : [callMs / classicMs],
  );
  return new Map([
    ...rows.map((row) => [`${nameOf(row)}: call / floor`, row.callMs / row.floorMs] as const),
    // A line through the few points of a short run says nothing.
    ...(rows.length >= 10
      ? [["R2 of time over touched pixels", fitOver(rows, aboveFloor).explained01] as const]
      : []),
    ...(overClassic.length > 0
      ? [["slowest call / classic", Math.max(...overClassic)] as const]
      : []),
    ...rows.map((row) => [`${nameOf(row)}: peak RSS, MiB`, row.peakRssMiB] as const),
  ]);
}
