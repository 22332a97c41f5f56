import { type Dispatcher, errors, request } from "undici";
import { abortErrorOf } from "../base/abort-error.ts";
import { isAppError } from "../base/app-error.ts";
import { type AddressRules, type AddressVerdict, createAddressRules } from "./address-rules.ts";
import { createCheckedAgent } from "./checked-agent.ts";
import type { DownloadConfig } from "./config.ts";
import { createDownloadSlots, type DownloadSlots } from "./download-slots.ts";
import { type DownloadFault, downloadFailed, urlIllegal } from "./errors.ts";
import { type ImageUrl, parseImageUrl } from "./image-url.ts";
import { createOwnAddresses } from "./own-addresses.ts";
import { readBody, TooSlow } from "./read-body.ts";
import { redirectTarget } from "./redirect-target.ts";
import { createHostResolver, type HostAddress, type ResolveHost } from "./resolve-host.ts";
import { createWorkClock, type WorkClock } from "./work-clock.ts";

/** Fetches callers' pictures; the only client of foreign hosts in the server. */
export interface Downloader {
  /**
   * Fetches one picture for an account. Throws `url-illegal`, `download-failed` (one text for every cause),
   * `picture-bytes-exceeded`, `picture-missing`, `overloaded` when too many downloads run for too long, or the signal's
   * error when it aborts.
   */
  fetchImage(url: string, signal: AbortSignal, account: string): Promise<Buffer>;
}

interface Tools {
  readonly config: DownloadConfig;
  readonly rules: AddressRules;
  readonly resolveHost: ResolveHost;
  readonly slots: DownloadSlots;
  /** Names of this server, lower case. */
  readonly ownNames: readonly string[];
}

/** What a download is done within. */
interface Bounds {
  /** The caller's. */
  readonly signal: AbortSignal;
  readonly account: string;
  readonly clock: WorkClock;
}

/** What one hop answered: the picture, or where to go on. */
type HopAnswer = { readonly image: Buffer } | { readonly location: string };

/**
 * Makes the downloader. `ownNames` are the host names under which callers reach this server: nothing is fetched from
 * there. Throws `configuration-invalid` for a bad exception in `allowCidrs`.
 */
export function createDownloader(
  config: DownloadConfig,
  parts: { readonly resolveHost?: ResolveHost; readonly ownNames?: readonly string[] } = {},
): Downloader {
  const tools: Tools = {
    config,
    rules: createAddressRules(config.allowCidrs, createOwnAddresses()),
    resolveHost: parts.resolveHost ?? createHostResolver(config.dnsServers, config.dnsTimeoutMs),
    slots: createDownloadSlots(config),
    ownNames: (parts.ownNames ?? []).map((name) => name.toLowerCase()),
  };
  return {
    async fetchImage(url, signal, account) {
      const target = parseImageUrl(url);
      const giveBack = await tools.slots.admit(account, signal);
      const clock = createWorkClock(config.totalTimeoutMs);
      try {
        return await followHops(target, { signal, account, clock }, tools);
      } finally {
        giveBack();
      }
    },
  };
}

async function followHops(first: ImageUrl, bounds: Bounds, tools: Tools): Promise<Buffer> {
  let target = first;
  for (let hop = 0; hop <= tools.config.maxRedirects; hop++) {
    try {
      const answer = await fetchHop(target, bounds, tools);
      if ("image" in answer) return answer.image;
      target = redirectTarget(target, answer.location);
    } catch (error) {
      if (bounds.signal.aborted) throw abortErrorOf(bounds.signal);
      throw uniformError(error, target.host, hop);
    }
  }
  throw downloadFailed("redirect", target.host);
}

/** Finds where the hop leads, waits until it may be connected to, and fetches. */
async function fetchHop(
  target: ImageUrl,
  { signal, account, clock }: Bounds,
  tools: Tools,
): Promise<HopAnswer> {
  const addresses = await clock.run(signal, (within) => locate(target, within, tools));
  const port = target.url.port || (target.url.protocol === "https:" ? "443" : "80");
  const destinations = addresses.map(({ address }) => `${address} ${port}`);
  const giveBack = await tools.slots.connect(account, destinations, signal);
  try {
    return await clock.run(signal, (within) => fetchFrom(addresses, target, within, tools));
  } finally {
    giveBack();
  }
}

async function fetchFrom(
  addresses: readonly HostAddress[],
  target: ImageUrl,
  signal: AbortSignal,
  tools: Tools,
): Promise<HopAnswer> {
  const agent = createCheckedAgent(
    addresses,
    (address) => tools.rules.judge(address),
    tools.config,
  );
  try {
    const answer = await request(target.url, {
      dispatcher: agent,
      method: "GET",
      headers: {
        "user-agent": "Faceloom",
        accept: "image/jpeg,image/png",
        "accept-encoding": "identity",
      },
      reset: true,
      signal,
    });
    // A body that is given up on fails when its connection goes; that is no news.
    answer.body.on("error", () => undefined);
    return await takeAnswer(answer, target.host, tools.config);
  } finally {
    await agent.destroy();
  }
}

async function takeAnswer(
  answer: Dispatcher.ResponseData,
  host: string,
  config: DownloadConfig,
): Promise<HopAnswer> {
  const header = (name: string) => [answer.headers[name] ?? []].flat()[0];
  const location = header("location");
  if ([301, 302, 303, 307, 308].includes(answer.statusCode) && location !== undefined) {
    return { location };
  }
  if (answer.statusCode !== 200) throw downloadFailed("status", host);
  // Unasked-for compression would let a small transfer grow without a bound.
  const encoding = header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") throw downloadFailed("encoding", host);
  return { image: await readBody(answer.body, header("content-length"), config) };
}

/** Finds the addresses that may be connected to; one bad address refuses the host, so that DNS cannot pick later. */
async function locate(
  target: ImageUrl,
  signal: AbortSignal,
  tools: Tools,
): Promise<readonly HostAddress[]> {
  const { rules } = tools;
  if (!target.hasUsualPort && !rules.hasExceptions) throw urlIllegal("port");
  const addresses = await addressesOf(target, signal, tools);
  const verdicts: AddressVerdict[] = addresses.map(({ address }) => rules.judge(address));
  const isRefused = verdicts.includes("refused");
  const areExcepted = verdicts.length > 0 && verdicts.every((verdict) => verdict === "excepted");
  // The port decides first, found or not found: else a port number would ask whether an internal name exists.
  if (!target.hasUsualPort && !areExcepted) throw urlIllegal("port");
  if (verdicts.length === 0) throw downloadFailed("dns", target.host);
  const isOwn = tools.ownNames.includes(target.host) && !areExcepted;
  if (isRefused || isOwn) throw downloadFailed("address", target.host);
  return addresses;
}

async function addressesOf(
  target: ImageUrl,
  signal: AbortSignal,
  tools: Tools,
): Promise<readonly HostAddress[]> {
  const { host } = target;
  if (target.isLiteral) return [{ address: host, family: host.includes(":") ? 6 : 4 }];
  try {
    return await tools.resolveHost(host, signal);
  } catch {
    // An unknown name is judged like one without addresses, see locate().
    return [];
  }
}

function uniformError(error: unknown, host: string, hop: number): Error {
  if (isAppError(error)) {
    // The port of a redirect is known to be refused only once its host is resolved.
    const isOrigins = error.reason === "url-illegal" && hop > 0;
    return isOrigins ? downloadFailed("redirect", host, error) : error;
  }
  return downloadFailed(faultOf(error), host, error);
}

function faultOf(error: unknown): DownloadFault {
  if (error instanceof TooSlow) return "too-slow";
  const isTimeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof DOMException && error.name === "TimeoutError");
  return isTimeout ? "timeout" : "connection";
}
