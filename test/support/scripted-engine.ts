// An engine for tests of queues and processes: it computes for a fixed time instead of fusing, and the end of the
// template tells it what else to do: "busy:<ms>", "crash", "hang", "bug" ..., alone or behind a picture and a "|".
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../src/base/app-error.ts";
import type { DetectedFaces } from "../../src/fusion/detect-faces.ts";
import type { FusionRequest, FusionResult } from "../../src/fusion/fusion-request.ts";
import type { WorkerEngine } from "../../src/workers/worker-entry.ts";

const leaked: Buffer[] = [];

/** Makes the engine. A `modelsDir` of "broken" makes the start fail, "exit" ends the process. */
export async function createFusionEngine(parts: {
  readonly modelsDir: string;
}): Promise<WorkerEngine> {
  if (parts.modelsDir === "broken") throw new AppError("model-unavailable", "A model is missing.");
  if (parts.modelsDir === "exit") process.exit(3);
  return { fuse, detect };
}

async function fuse(
  request: FusionRequest,
  watch: { readonly onStep?: (name: string) => void },
): Promise<FusionResult> {
  watch.onStep?.("compute");
  const end = Buffer.from(request.template.subarray(-64)).toString("latin1");
  const [, order = "", value = "100"] = /(?:^|\|)([a-z]+)(?::(\d+))?$/.exec(end) ?? [];
  const image = await obey(order, Number(value), request);
  return { image, format: "jpeg", width: 4, height: 3, stepMs: { compute: 1 }, quality: [1] };
}

async function detect(picture: Uint8Array): Promise<DetectedFaces> {
  const end = Buffer.from(picture.subarray(-16)).toString("latin1");
  if (end.endsWith("refuse")) throw new AppError("picture-undecodable", "This is no picture.");
  if (end.endsWith("crash")) process.kill(process.pid, "SIGSEGV");
  const box = { x: 1, y: 2, width: picture.length, height: 4 };
  return { width: 8, height: 8, faces: [{ box, rollDeg: 0, score01: 1 }], rejected: [] };
}

async function obey(order: string, value: number, request: FusionRequest): Promise<Uint8Array> {
  switch (order) {
    case "crash":
      process.kill(process.pid, "SIGSEGV");
      return await new Promise(() => undefined);
    case "hang":
      for (;;);
    case "bug":
      throw new TypeError("x is not a function");
    case "refuse":
      throw new AppError("face-not-found", "No face was found.", { details: { role: "user" } });
    case "small":
      throw new AppError("face-too-small", "The face is too small.");
    case "modelless":
      throw new AppError("model-unavailable", "A model is missing.", { report: true });
    case "empty":
      return new Uint8Array(0);
    case "leak":
      leaked.push(Buffer.alloc(value * 1024 ** 2, 1));
      return Buffer.from("leaked");
    case "large":
      return new Uint8Array(value).map((_, i) => i % 251);
    case "fill":
      return Buffer.alloc(value, 7);
    case "environment":
      return Buffer.from(JSON.stringify(process.env));
    case "network":
      return readFileSync("/proc/self/net/dev");
    case "limits":
      return readFileSync("/proc/self/limits");
    case "describe":
      return Buffer.from(JSON.stringify(describe(request)));
    case "digest":
      return Buffer.from(digestsOf(request).join(" "));
    case "pid":
      return Buffer.from(String(process.pid));
    default:
      await sleep(0);
      burn(value);
      return Buffer.from("done");
  }
}

/** Returns a digest of every picture, the template first. */
function digestsOf({ template, merges }: FusionRequest): string[] {
  const pictures = [template, ...merges.map(({ user }) => user)];
  return pictures.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
}

/** Says what the request holds, pictures by their lengths. */
function describe({ template, merges, options, origin }: FusionRequest): object {
  return {
    template: template.length,
    merges: merges.map((merge) => ({ ...merge, user: merge.user.length })),
    options: {
      ...options,
      label: options.label && { ...options.label, image: options.label.image?.length },
    },
    origin,
  };
}

/** Keeps one core busy, as a fusion does. */
function burn(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}
