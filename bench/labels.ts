/**
 * Measures the labels: what each costs on a JPEG of 1280x1280, how faint the watermark is and whether its 48 bits are
 * read after damage. `--check` fails above the targets, `--sheet FILE` draws the visible label on many backgrounds.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { addLabel } from "../src/fusion/steps/add-label.ts";
import { decodePicture, encodePicture } from "../src/imaging/codec.ts";
import type { Picture } from "../src/imaging/picture.ts";
import { addImplicitLabel } from "../src/labels/implicit-label.ts";
import { hideWatermark } from "../src/labels/watermark/hide-watermark.ts";
import { bitsOfNumber, markNumberOf } from "../src/labels/watermark/mark-number.ts";
import { readMarkBits } from "../src/labels/watermark/read-watermark.ts";
import { BENCH_ORIGIN } from "./bench-origin.ts";
import { DAMAGES } from "./labels/damages.ts";
import { drawLabelSheet } from "./labels/label-sheet.ts";
import { alignColumns } from "./scoreboard/table.ts";

/** Processor time, since a benchmark's neighbours shall not count. */
const TARGETS = { labelsMs: 10, watermarkMs: 60, psnrDb: 40 };
const SIDE = 1280;
const ROUNDS = 15;
const PHOTOS = [1, 2, 3, 4, 5, 6].map((number) => {
  const name = `sample${number}.jpg`;
  const folder = "../node_modules/@vladmandic/face-api/demo/";
  return { name, bytes: readFileSync(new URL(folder + name, import.meta.url)) };
});

const { values } = parseArgs({
  options: { check: { type: "boolean" }, sheet: { type: "string" }, quick: { type: "boolean" } },
});
if (values.sheet !== undefined) await drawLabelSheet(values.sheet);

const square = await decodePicture(
  await sharp(PHOTOS[0]!.bytes).resize(SIDE, SIDE, { fit: "cover" }).png().toBuffer(),
);
const file = await encodePicture(square, { format: "jpeg" });
const number = markNumberOf(BENCH_ORIGIN.produceId);
const canvas = { ...square, data: square.data.slice() };
const implicitMs = await fastest(() => addImplicitLabel(file, "jpeg", { origin: BENCH_ORIGIN }));
const visibleMs = await fastest(() => addLabel(canvas, {}));
const watermarkMs = await fastest(() => hideWatermark(canvas, number));
console.log(`${SIDE}x${SIDE} JPEG, processor time, fastest of ${ROUNDS}:`);
console.log(
  alignColumns([
    ["label", "ms", "target"],
    ["visible", visibleMs.toFixed(1), ""],
    ["implicit, read back", implicitMs.toFixed(1), ""],
    ["both", (visibleMs + implicitMs).toFixed(1), String(TARGETS.labelsMs)],
    ["watermark", watermarkMs.toFixed(1), String(TARGETS.watermarkMs)],
  ]),
);

const faults: string[] = [];
if (visibleMs + implicitMs > TARGETS.labelsMs) faults.push("the labels cost too much");
if (watermarkMs > TARGETS.watermarkMs) faults.push("the watermark costs too much");

const sizes = values.quick ? [SIDE] : [320, 640, SIDE];
for (const side of sizes) await measureWatermark(side);
if (faults.length > 0) console.log(`Missed: ${[...new Set(faults)].join("; ")}`);
if (values.check && faults.length > 0) process.exitCode = 1;

/** Prints how faint the mark is in each photo and how many of its 48 bits are right after each damage. */
async function measureWatermark(side: number): Promise<void> {
  const rows: string[][] = [];
  const right: number[] = [];
  for (const photo of PHOTOS) {
    const plain = await decodePicture(
      await sharp(photo.bytes).resize(side, side, { fit: "outside" }).png().toBuffer(),
    );
    const marked = { ...plain, data: plain.data.slice() };
    hideWatermark(marked, number);
    const psnrDb = psnr(plain, marked);
    if (psnrDb < TARGETS.psnrDb) faults.push("the watermark is too strong");
    const shares: number[] = [];
    for (const damage of Object.values(DAMAGES)) {
      shares.push(rightBits(readMarkBits(await damage(marked)).bits));
    }
    right.push(...shares);
    rows.push([photo.name, psnrDb.toFixed(1), ...shares.map((share) => (100 * share).toFixed(1))]);
  }
  console.log(
    `\nShort side ${side} px: PSNR in dB, percent of the 48 bits that are right after damage`,
  );
  console.log(alignColumns([["photo", "PSNR", ...Object.keys(DAMAGES)], ...rows]));
  const mean = right.reduce((sum, share) => sum + share, 0) / right.length;
  console.log(
    `${(100 * mean).toFixed(2)} % right, ${right.filter((s) => s === 1).length} of ${right.length} numbers whole`,
  );
  if (side === SIDE && mean < 1) faults.push("bits of the watermark were lost");
}

function rightBits(bits: Uint8Array): number {
  const wanted = bitsOfNumber(number).subarray(0, 48);
  return wanted.reduce((sum, bit, i) => sum + (bit === bits[i] ? 1 : 0), 0) / wanted.length;
}

function psnr(a: Picture, b: Picture): number {
  const squares = a.data.reduce((sum, level, i) => sum + (level - b.data[i]!) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.data.length));
}

async function fastest(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
