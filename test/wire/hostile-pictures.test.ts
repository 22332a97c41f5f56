// The part of the corpus of pictures that ends before a face is looked for, through a running server.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { damagedCases } from "../corpus/damaged-cases.ts";
import { foreignCases } from "../corpus/foreign-cases.ts";
import { JPEG_CASES } from "../corpus/jpeg-cases.ts";
import { allowedFor, CODES, type PictureCase } from "../corpus/picture-case.ts";
import {
  describeTrial,
  type PictureOrigin,
  startPictureOrigin,
  type Trial,
  tryAll,
} from "../corpus/picture-trials.ts";
import { PNG_CASES } from "../corpus/png-cases.ts";
import { seedJpeg } from "../corpus/seeds.ts";
import { SIZE_CASES } from "../corpus/size-cases.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";

/** A documentation address: nothing may connect to it, and nothing would answer. */
const NOWHERE = "http://192.0.2.7/canary";

let server: RunningServer;
let origin: PictureOrigin;
let trials: readonly Trial[];

before(async () => {
  server = await startServer({
    FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32",
    FACELOOM_WORKERS: "1",
    // A busy machine is no fault of a picture.
    FACELOOM_DEADLINE_MS: "58000",
    FACELOOM_WORKER_DEADLINE_MS: "55000",
  });
  origin = await startPictureOrigin();
  const good = (await seedJpeg()).toString("base64");
  const all = [
    ...SIZE_CASES,
    ...PNG_CASES,
    ...JPEG_CASES,
    ...foreignCases(NOWHERE),
    ...damagedCases(0),
  ];
  const bench = { server, origin, good };
  const pictures = all.filter((one) => isRefused(one, "template"));
  const logos = all.filter((one) => isRefused(one, "logo"));
  trials = [
    ...(await tryAll(pictures, bench, { parallel: 3, positions: ["template", "user"] })),
    ...(await tryAll(logos, bench, { parallel: 3, positions: ["logo"] })),
  ];
});

after(async () => {
  await origin?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** What is decodable takes a fusion or more time; `npm run test:corpus` has it. */
function isRefused(one: PictureCase, position: "template" | "logo"): boolean {
  return !one.isHeavy && allowedFor(one, position).every(isOfFile);
}

/** Codes that tell of the file itself, not of what it shows. */
function isOfFile(code: string): boolean {
  return code !== "ok" && code !== CODES.faceless && code !== CODES.smallFace;
}

test("every picture that cannot be used is refused with its documented code", (t) => {
  const wrong = trials.filter(
    (one) => !allowedFor(one.tried, one.way.position).includes(one.outcome),
  );
  assert.deepEqual(wrong.map(describeTrial), []);
  t.diagnostic(`${trials.length} calls`);
  assert.ok(trials.length > 200);
});

test("each answer is HTTP 200 with a RequestId, and the server is still the same", () => {
  const broken = trials.filter(({ status, requestId }) => status !== 200 || !requestId);
  assert.deepEqual(broken.map(describeTrial), []);
  assert.equal(server.process.exitCode, null);
  assert.doesNotMatch(server.errorOutput(), /Worker died/);
});
