import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test, { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readPictureHeader } from "../../src/imaging/picture-header.ts";
import { peakMemoryMiB } from "../support/process-memory.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { type CallAnswer, callSigned } from "../support/signed-call.ts";
import { type OddOrigin, startOddOrigin } from "./odd-origin.ts";
import { sharedData } from "./shared-data.ts";

/** A file of the manifest. */
interface OddFile {
  readonly file: string;
  readonly expect: string;
  readonly also_acceptable: readonly string[];
  readonly bytes: number;
}

interface Trial extends CallAnswer {
  readonly file: string;
  readonly way: (typeof WAYS)[number];
  readonly allowed: readonly string[];
}

/** A picture as a member of a call, by one of its two names. */
interface Picture {
  readonly Image?: string;
  readonly Url?: string;
}

const WAYS = [
  { role: "template", by: "base64" },
  { role: "template", by: "url" },
  { role: "user", by: "base64" },
  { role: "user", by: "url" },
  { role: "logo", by: "base64" },
  { role: "logo", by: "url" },
] as const;

/** Calls in flight: a little more than the machine has cores, so that queueing is part of the test. */
const PARALLEL_CALLS = 4;
const MAX_CALL_MS = 30_000;
const MAX_ATTEMPTS = 60;
const RETRY_AFTER_MS = 1000;

/** The event loop's process holds requests and answers, never pixels; the workers are recycled above their own limit. */
const MAX_MEMORY_MIB = { gateway: 640, worker: 1536 } as const;

const folder = sharedData("odd");
const files: OddFile[] = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));
const goodFile = "base_astronaut.jpg";
const good = await readFile(path.join(folder, goodFile));
const trials: Trial[] = [];
let server: RunningServer;
let origin: OddOrigin;

before(async () => {
  server = await startServer({ FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32" });
  origin = await startOddOrigin(folder);
  const queue = files.flatMap((file) => WAYS.map((way) => ({ file, way })));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      trials.push(await tryFile(next.file, next.way));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_CALLS }, work));
  printTable();
});

after(async () => {
  await origin?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

async function tryFile(odd: OddFile, way: Trial["way"]): Promise<Trial> {
  const picture = await fieldFor(odd, way);
  const answer = await call(parametersFor(way.role, picture));
  return { file: odd.file, way, allowed: allowedFor(odd, way), ...answer };
}

function parametersFor(role: Trial["way"]["role"], picture: Picture): Record<string, unknown> {
  const goodBase64 = good.toString("base64");
  if (role === "template") return { ...asTemplate(picture), MergeInfos: [{ Image: goodBase64 }] };
  if (role === "user") return { ModelImage: goodBase64, MergeInfos: [picture] };
  const LogoRect = { X: 20, Y: 20, Width: 120, Height: 60 };
  const logo = picture.Url === undefined ? { LogoImage: picture.Image } : { LogoUrl: picture.Url };
  return {
    ModelImage: goodBase64,
    MergeInfos: [{ Image: goodBase64 }],
    LogoAdd: 1,
    LogoParam: { LogoRect, ...logo },
  };
}

function asTemplate(picture: Picture): Record<string, string> {
  return picture.Url === undefined ? { ModelImage: picture.Image! } : { ModelUrl: picture.Url };
}

async function fieldFor(odd: OddFile, way: Trial["way"]): Promise<Picture> {
  if (way.by === "url") return { Url: `${origin.url}/${encodeURI(odd.file)}` };
  const bytes = await readFile(path.join(folder, odd.file));
  return { Image: isFieldItself(odd) ? bytes.toString("utf8") : bytes.toString("base64") };
}

/** Files in base64/ are the parameter's value; what they hold is a picture only to a base64 decoder. */
function isFieldItself(odd: OddFile): boolean {
  return odd.file.startsWith("base64/");
}

/** What a logo may be and a template or photo may not: small, and without a face of some size. */
const FINE_AS_LOGO = [
  "FailedOperation.ImageResolutionTooSmall",
  "FailedOperation.FaceSizeTooSmall",
  "FailedOperation.NoFaceDetected",
];

function allowedFor(odd: OddFile, way: Trial["way"]): string[] {
  // An empty member is one that is not given: without a logo the default text is drawn.
  if (way.role === "logo" && way.by === "base64" && odd.bytes === 0) return ["ok"];
  const asPicture = [odd.expect, ...odd.also_acceptable, ...(BORDERLINE[odd.file] ?? [])];
  const listed =
    way.role === "logo"
      ? asPicture.map((code) => (FINE_AS_LOGO.includes(code) ? "ok" : code))
      : asPicture;
  if (!isFieldItself(odd) || way.by === "base64") return listed;
  // Downloaded, such a file is a text, or nothing at all.
  return [
    "FailedOperation.ImageDecodeFailed",
    ...(odd.file.includes("empty") ? ["FailedOperation.MediaDataError"] : []),
  ];
}

/**
 * Calls, and calls again as long as the server says that it has no room: several 64-megapixel pictures at
 * once exceed its budget of pixels, and this test is about pictures, not load.
 */
async function call(parameters: Record<string, unknown>): Promise<CallAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await callSigned(server, "FuseFaceUltra", {
      RspImgType: "base64",
      FusionUltraParam: { WarpRadio: 0.7 },
      ...parameters,
    });
    if (answer.code !== "RequestLimitExceeded" || attempt === MAX_ATTEMPTS) return answer;
    await setTimeout(RETRY_AFTER_MS);
  }
}

/**
 * Faces within a pixel of the smallest allowed 34 px: detectors differ by 10 %, so the data's own notes ask for
 * certainty at 20, 30, 40 and 48 px only.
 */
const BORDERLINE: Readonly<Record<string, readonly string[]>> = {
  "size/face_33px.png": ["ok"],
  "size/face_35px.png": ["FailedOperation.FaceSizeTooSmall"],
};

const outcomeOf = (answer: CallAnswer): string => answer.code ?? "ok";
const short = (code: string): string => code.replace("FailedOperation.", "");

function printTable(): void {
  const lines = files.map((odd) => {
    const own = WAYS.map((way) => trials.find((t) => t.file === odd.file && t.way === way)!);
    const cells = own.map((trial) => {
      const outcome = outcomeOf(trial);
      const mark = trial.allowed.includes(outcome)
        ? outcome === trial.allowed[0]
          ? " "
          : "~"
        : "!";
      return `${mark}${short(outcome)}`.padEnd(25);
    });
    const ms = Math.max(...own.map((trial) => trial.ms)).toFixed(0);
    return `${odd.file.padEnd(46)}${short(odd.expect).padEnd(25)}${cells.join("")}${ms.padStart(6)}`;
  });
  const head = [
    "file".padEnd(46),
    "expected".padEnd(26),
    ...WAYS.map((way) => `${way.role}, ${way.by}`.padEnd(25)),
    "max ms",
  ].join("");
  console.log([head, ...lines, "~ also acceptable, ! wrong"].join("\n"));
}

function describeTrial(trial: Trial): string {
  return `${trial.file} as ${trial.way.role} by ${trial.way.by}: ${outcomeOf(trial)} (${trial.message ?? ""}), wanted ${trial.allowed.join(" or ")}`;
}

test("every odd file is answered with HTTP 200, plain application/json and a RequestId", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const broken = trials.filter(
    (t) =>
      t.status !== 200 || t.contentType !== "application/json" || !uuid.test(t.requestId ?? ""),
  );
  assert.equal(trials.length, files.length * WAYS.length);
  assert.deepEqual(broken.map(describeTrial), []);
});

test("no odd file is answered with an inner error", () => {
  const broken = trials.filter((t) => /InternalError|InnerError/.test(t.code ?? ""));
  assert.deepEqual(broken.map(describeTrial), []);
});

test("every odd file gets its documented outcome in all roles and both ways", () => {
  const wrong = trials.filter((trial) => !trial.allowed.includes(outcomeOf(trial)));
  assert.deepEqual(wrong.map(describeTrial), []);
});

test("every odd file is answered within 30 seconds", () => {
  const slow = trials.filter((trial) => trial.ms >= MAX_CALL_MS);
  assert.deepEqual(
    slow.map((trial) => `${describeTrial(trial)}: ${trial.ms} ms`),
    [],
  );
});

test("a result has its template's format and upright size and carries nothing of its input along", async () => {
  const payloads = ["<script", "<?php", "hello polyglot", "PK\u0003\u0004"];
  for (const trial of trials.filter((t) => t.fusedImage !== undefined)) {
    const image = Buffer.from(trial.fusedImage!, "base64");
    const header = readPictureHeader(image);
    for (const payload of payloads.slice(0, 3)) {
      assert.ok(!image.includes(payload), `${describeTrial(trial)} holds ${payload}`);
    }
    if (trial.way.role !== "template") {
      assert.deepEqual(header, { format: "jpeg", width: 512, height: 512 }, describeTrial(trial));
    } else if (/^exif\/exif_orientation/.test(trial.file)) {
      assert.deepEqual(header, { format: "jpeg", width: 400, height: 500 }, describeTrial(trial));
    }
  }
});

test("nothing but the given URLs was fetched and no command was run", () => {
  const given = new Set(files.map((odd) => `/${odd.file}`));
  assert.deepEqual(
    [...origin.asked].filter((asked) => !given.has(asked)),
    [],
  );
  assert.equal(existsSync("/tmp/imagetragick_was_here"), false);
});

test("a base64 field over 10 MiB is refused by its length, one just below it is decoded", async () => {
  const padded = (bytes: number): string =>
    Buffer.concat([good, Buffer.alloc(bytes)]).toString("base64");
  const user = [{ Image: good.toString("base64") }];
  const over = await call({ ModelImage: padded(7.9e6), MergeInfos: user });
  assert.equal(outcomeOf(over), "FailedOperation.ImageSizeExceed");
  const below = await call({ ModelImage: padded(7.4e6), MergeInfos: user });
  assert.equal(outcomeOf(below), "ok", below.message);
});

test("URLs that never end, crawl, redirect into the private network or to files are refused in time", async () => {
  const refused = ["InvalidParameterValue.UrlIllegal", "FailedOperation.ImageDownloadError"];
  const paths = ["slow", "silent", "to-loopback", "to-metadata", "to-file", "to-itself", "missing"];
  const answers = await Promise.all(
    [...paths, "endless"].map(async (name) => {
      const answer = await call({
        ModelUrl: `${origin.url}/${name}`,
        MergeInfos: [{ Image: good.toString("base64") }],
      });
      return { name, ...answer };
    }),
  );
  for (const { name, ...answer } of answers) {
    const allowed = name === "endless" ? [...refused, "FailedOperation.ImageSizeExceed"] : refused;
    assert.ok(allowed.includes(outcomeOf(answer)), `${name}: ${outcomeOf(answer)}`);
    assert.ok(answer.ms < MAX_CALL_MS, `${name}: ${answer.ms} ms`);
  }
});

test("the server is alive at the end, answers a plain call and has kept its memory bounded", async () => {
  const answer = await call({
    ModelImage: good.toString("base64"),
    MergeInfos: [{ Url: `${origin.url}/${goodFile}` }],
  });
  assert.equal(outcomeOf(answer), "ok", `${answer.message}\n${server.errorOutput()}`);
  assert.equal(server.process.exitCode, null);
  const { root, largestChild } = await peakMemoryMiB(server.process.pid!);
  console.log(`peak memory: gateway ${root} MiB, largest living worker ${largestChild} MiB`);
  assert.ok(root < MAX_MEMORY_MIB.gateway, `gateway ${root} MiB`);
  assert.ok(largestChild < MAX_MEMORY_MIB.worker, `worker ${largestChild} MiB`);
});
