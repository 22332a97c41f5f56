// The whole corpus of pictures (rows I-01 to I-70) through a running server, in every position of a call.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import test, { after, before } from "node:test";
import sharp from "sharp";
import { readPictureHeader } from "../../src/imaging/picture-header.ts";
import { findLabels } from "../../src/labels/find-labels.ts";
import { findPictures } from "../support/find-pictures.ts";
import { type MemoryWatch, watchMemory } from "../support/process-memory.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { damagedCases } from "./damaged-cases.ts";
import { flatJpeg } from "./flat-jpeg.ts";
import { foreignCases, PAYLOADS } from "./foreign-cases.ts";
import { JPEG_CASES } from "./jpeg-cases.ts";
import { LOGO_CASES, LOGO_RECTS } from "./logo-cases.ts";
import { allowedFor, type PictureCase } from "./picture-case.ts";
import {
  type Bench,
  describeTrial,
  type PictureOrigin,
  startPictureOrigin,
  type Trial,
  tryAll,
  tryLogoRect,
} from "./picture-trials.ts";
import { PNG_CASES } from "./png-cases.ts";
import { SEED_SIDE_PX, seedJpeg } from "./seeds.ts";
import { SIZE_CASES } from "./size-cases.ts";

/** A documentation address: nothing may connect to it, and nothing would answer. */
const NOWHERE = "http://192.0.2.7/canary";
/** Files with flipped bits of each format. */
const FLIPS = 100;
const PARALLEL = 3;
/** What the corpus may need beyond the largest picture that is allowed, and the gateway in all. */
const MAX_RISE_MIB = 50;
const MAX_GATEWAY_MIB = 640;

/** The largest picture that is allowed, in the form that takes most memory to decode. */
const LARGEST: PictureCase = {
  id: "largest",
  what: "a progressive JPEG of 64 megapixels",
  make: () => flatJpeg({ width: 8000, height: 8000, frame: 0xc2, moreScans: 1 }),
  expected: "faceless",
};

const temporary = await createTemporaryFolder();
let server: RunningServer;
let origin: PictureOrigin;
let bench: Bench;
let memory: MemoryWatch;
let largestMiB: number;
let trials: readonly Trial[];

before(async () => {
  server = await startServer({
    FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32",
    FACELOOM_WORKERS: "2",
    // A busy machine is no fault of a picture.
    FACELOOM_DEADLINE_MS: "58000",
    FACELOOM_WORKER_DEADLINE_MS: "55000",
    TMPDIR: temporary.path,
  });
  memory = watchMemory(server.process.pid!);
  origin = await startPictureOrigin();
  bench = { server, origin, good: (await seedJpeg()).toString("base64") };
  await tryAll([LARGEST], bench, { parallel: 1 });
  largestMiB = (await memory.read()).largestChild;
  const all = [
    ...SIZE_CASES,
    ...PNG_CASES,
    ...JPEG_CASES,
    ...foreignCases(NOWHERE),
    ...damagedCases(FLIPS),
  ];
  trials = [
    ...(await tryAll(all, bench, { parallel: PARALLEL })),
    ...(await tryAll(LOGO_CASES, bench, { parallel: PARALLEL, positions: ["logo"] })),
  ];
});

after(async () => {
  memory?.[Symbol.dispose]();
  await origin?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await temporary[Symbol.asyncDispose]();
});

test("every picture has its documented outcome as template, as user photo and as logo", (t) => {
  const wrong = trials.filter(
    (one) => !allowedFor(one.tried, one.way.position).includes(one.outcome),
  );
  assert.deepEqual(wrong.map(describeTrial), []);
  const good = trials.filter(({ fusedImage }) => fusedImage !== undefined);
  t.diagnostic(`${trials.length} calls, ${good.length} of them with a result`);
  assert.ok(good.length > 200);
});

test("each answer is HTTP 200 with a RequestId, and no worker died", () => {
  const broken = trials.filter(({ status, requestId }) => status !== 200 || !requestId);
  assert.deepEqual(broken.map(describeTrial), []);
  assert.equal(server.process.exitCode, null);
  assert.doesNotMatch(server.errorOutput(), /Worker died/);
});

test("every place for a logo is taken, clamped or refused", async () => {
  for (const hasLogo of [true, false]) {
    const outcomes = [];
    for (const { what, rect } of LOGO_RECTS) {
      outcomes.push(`${what}: ${await tryLogoRect(rect, bench, hasLogo)}`);
    }
    const expected = LOGO_RECTS.map((one) => `${one.what}: ${one.expected}`);
    assert.deepEqual(outcomes, expected);
  }
});

test("every result can be decoded, has its template's size, is labelled and carries nothing of its input along", async () => {
  for (const trial of trials.filter(({ fusedImage }) => fusedImage !== undefined)) {
    const bytes = Buffer.from(trial.fusedImage!, "base64");
    const what = describeTrial(trial);
    const { format, width, height } = readPictureHeader(bytes);
    const isTemplate = trial.way.position === "template";
    if (!isTemplate) assert.deepEqual([width, height], [SEED_SIDE_PX, SEED_SIDE_PX], what);
    await sharp(bytes, { failOn: "warning" }).stats();
    const labels = findLabels(bytes, format);
    assert.ok(labels.aigc.length > 0, what);
    for (const { field } of labels.aigc) assert.equal(field?.ProduceID, trial.requestId, what);
    assert.deepEqual(labels.others, [], what);
    for (const payload of PAYLOADS) assert.ok(!bytes.includes(payload), `${what}: ${payload}`);
  }
});

test("no picture needs more memory than the largest that is allowed", async (t) => {
  const { root, largestChild } = await memory.read();
  t.diagnostic(
    `the largest picture: ${largestMiB} MiB in a worker; the corpus: ${largestChild} MiB`,
  );
  t.diagnostic(`the gateway: ${root} MiB`);
  assert.ok(largestChild <= largestMiB + MAX_RISE_MIB, `${largestChild} MiB`);
  assert.ok(root <= MAX_GATEWAY_MIB, `${root} MiB`);
});

test("nothing of a picture is on the disk", async () => {
  assert.deepEqual(await findPictures(server.dataDir), []);
  assert.deepEqual(await readdir(temporary.path), []);
});
