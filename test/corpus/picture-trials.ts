import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningServer } from "../support/running-server.ts";
import { type CallAnswer, callSigned } from "../support/signed-call.ts";
import type { PictureCase } from "./picture-case.ts";

/** Where a picture stands in a call, and how it comes. */
export interface Way {
  readonly position: "template" | "user" | "logo";
  readonly by: "base64" | "url";
}

/** A case that was tried in one way. */
export interface Trial extends CallAnswer {
  readonly tried: PictureCase;
  readonly way: Way;
  /** `ok`, or the code. */
  readonly outcome: string;
}

/** Serves files by number; what it says of their type is wrong every other time. */
export interface PictureOrigin extends AsyncDisposable {
  /** Offers a file and returns its URL. */
  offer(file: Uint8Array): string;
  /** Takes a file back. */
  withdraw(url: string): void;
  /** Requests so far. */
  readonly asked: string[];
}

/** Starts the origin on a loopback address. */
export async function startPictureOrigin(): Promise<PictureOrigin> {
  const files = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const file = files.get(request.url ?? "");
    const type = asked.length % 2 === 0 ? "image/jpeg" : "text/html";
    response.writeHead(file ? 200 : 404, { "content-type": type }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;
  return {
    offer(file) {
      const path = `/${++count}.jpg`;
      files.set(path, file);
      return base + path;
    },
    withdraw: (url) => void files.delete(new URL(url).pathname),
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a trial needs. */
export interface Bench {
  readonly server: RunningServer;
  readonly origin: PictureOrigin;
  /** A good picture for the other positions, base64. */
  readonly good: string;
}

/** Sides of the logo's place, px. */
const LOGO_RECT = { X: 10, Y: 10, Width: 60, Height: 30 };
const RETRY_MS = 300;
const MAX_ATTEMPTS = 200;

/** Tries one file in one way. */
async function tryFile(
  tried: PictureCase,
  file: Uint8Array,
  way: Way,
  bench: Bench,
): Promise<Trial> {
  const url = way.by === "url" ? bench.origin.offer(file) : undefined;
  const text = url ?? Buffer.from(file).toString("base64");
  const answer = await call(bench.server, parametersFor(way, text, bench.good));
  if (url !== undefined) bench.origin.withdraw(url);
  return { ...answer, tried, way, outcome: answer.code ?? "ok" };
}

function parametersFor({ position, by }: Way, text: string, good: string): Record<string, unknown> {
  const isUrl = by === "url";
  if (position === "template") {
    const template = isUrl ? { ModelUrl: text } : { ModelImage: text };
    return { ...template, MergeInfos: [{ Image: good }] };
  }
  const user = isUrl ? { Url: text } : { Image: text };
  if (position === "user") return { ModelImage: good, MergeInfos: [user] };
  const logo = isUrl ? { LogoUrl: text } : { LogoImage: text };
  return {
    ModelImage: good,
    MergeInfos: [{ Image: good }],
    LogoAdd: 1,
    LogoParam: { LogoRect: LOGO_RECT, ...logo },
  };
}

/** Calls, and again while there is no room: large pictures exceed the budget of pixels, and this is no test of load. */
async function call(server: RunningServer, parameters: object): Promise<CallAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await callSigned(server, "FuseFaceUltra", {
      RspImgType: "base64",
      ...parameters,
    });
    if (answer.code !== "RequestLimitExceeded" || attempt === MAX_ATTEMPTS) return answer;
    await sleep(RETRY_MS);
  }
}

/**
 * All ways of a case: every position by both ways, or fewer where it says so. A logo is decoded behind a whole fusion, so
 * that it comes by one way: by URL or as base64 in turns.
 */
function waysOf(one: PictureCase, number: number): readonly Way[] {
  const by = (["base64", "url"] as const).filter((way) =>
    way === "url" ? !one.isByBase64Only : !one.isByUrlOnly,
  );
  const logo: Way = { position: "logo", by: by[number % by.length]! };
  const ways: readonly Way[] = [
    ...(["template", "user"] as const).flatMap((position) =>
      by.map((way) => ({ position, by: way })),
    ),
    logo,
  ];
  if (one.isHeavy) return [ways[0]!];
  // Cases that are tried once are spread over the ways.
  return one.isOnce ? [ways[number % ways.length]!] : ways;
}

/** Tries everything, `parallel` calls at a time, in some of the positions or in all. */
export async function tryAll(
  cases: readonly PictureCase[],
  bench: Bench,
  { parallel, positions }: { parallel: number; positions?: readonly Way["position"][] },
): Promise<readonly Trial[]> {
  const queue = [...cases.entries()];
  const trials: Trial[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [number, one] = next;
      const file = await one.make();
      for (const way of waysOf(one, number)) {
        if (positions && !positions.includes(way.position)) continue;
        trials.push(await tryFile(one, file, way, bench));
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return trials;
}

/** Tries a place on the good picture, for a logo or for the text that is there without one, and returns the outcome. */
export async function tryLogoRect(
  [X, Y, Width, Height]: readonly [number, number, number, number],
  { server, good }: Bench,
  hasLogo: boolean,
): Promise<string> {
  const LogoParam = { LogoRect: { X, Y, Width, Height }, ...(hasLogo && { LogoImage: good }) };
  const merges = { ModelImage: good, MergeInfos: [{ Image: good }] };
  const { code } = await call(server, { ...merges, LogoAdd: 1, LogoParam });
  return code ?? "ok";
}

/** Says what happened, for a message. */
export function describeTrial({ tried, way, outcome, message, ms }: Trial): string {
  return `${tried.id} ${tried.what} as ${way.position} by ${way.by}: ${outcome} (${message ?? ""}) in ${ms.toFixed(0)} ms`;
}
