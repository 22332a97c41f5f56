import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import test from "node:test";
import { promisify } from "node:util";
import { TEST_MODELS_DIR } from "../../support/test-models.ts";

/**
 * Fuses a photo in a process of its own, after a warm-up or without; processor time, since other programs stretch the time on
 * the clock. Prints milliseconds of the first call.
 */
const PROGRAM = `
import { readFile } from "node:fs/promises";
import { createFusionEngine } from "./src/fusion/fuse.ts";
import { DEFAULT_FUSION_OPTIONS } from "./src/fusion/fusion-options.ts";
const [modelsDir, isWarm] = process.argv.slice(1);
const engine = await createFusionEngine({ modelsDir });
if (isWarm === "true") await engine.warmUp(Infinity);
const photo = await readFile("node_modules/@vladmandic/face-api/demo/sample1.jpg");
const origin = { produceId: "", producer: "", creatorTool: "", createdAtMs: 0, hasWatermark: false };
const request = { template: photo, merges: [{ user: photo }], options: DEFAULT_FUSION_OPTIONS, origin };
const before = process.cpuUsage();
await engine.fuse(request);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit(0);
`;

async function timeFirstCall(isWarm: boolean): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--input-type=module-typescript", "--eval", PROGRAM],
    ...["--", TEST_MODELS_DIR, String(isWarm)],
  ]);
  return Number(stdout.trim().split("\n").at(-1));
}

test("the first call after a warm-up costs far less than the first one without", async () => {
  const warm = await timeFirstCall(true);
  const cold = await timeFirstCall(false);
  // A third to a half where nothing else runs; compiling beside other programs' work helps less.
  assert.ok(warm < 0.8 * cold, JSON.stringify({ warm, cold }));
});
