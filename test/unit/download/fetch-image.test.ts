import assert from "node:assert/strict";
import { createServer } from "node:net";
import test, { after, before, describe } from "node:test";
import { AppError } from "../../../src/base/app-error.ts";
import { DOWNLOAD_SETTINGS, type DownloadConfig } from "../../../src/download/config.ts";
import { createDownloader } from "../../../src/download/fetch-image.ts";
import type { ResolveHost } from "../../../src/download/resolve-host.ts";
import { startCountingOrigin } from "../../support/counting-origin.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import {
  type MisbehavingOrigin,
  ORIGIN_BODY,
  startMisbehavingOrigin,
} from "../../support/misbehaving-origin.ts";

const CONFIG: DownloadConfig = {
  ...defaultsOf(DOWNLOAD_SETTINGS),
  allowCidrs: ["127.0.0.1/32"],
  dnsTimeoutMs: 200,
  connectTimeoutMs: 200,
  firstByteTimeoutMs: 200,
  idleTimeoutMs: 200,
  totalTimeoutMs: 800,
  slowStartMs: 200,
  maxBytes: 1024 * 1024,
};

let origin: MisbehavingOrigin;
before(async () => {
  origin = await startMisbehavingOrigin();
});
after(() => origin[Symbol.asyncDispose]());

const never = new AbortController().signal;

function resolvesTo(...addresses: string[]): ResolveHost {
  return async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }) as const);
}

/** Fetches from the origin by literal. */
function fetchPath(path: string, config: Partial<DownloadConfig> = {}): Promise<Buffer> {
  return createDownloader({ ...CONFIG, ...config }).fetchImage(`${origin.base}${path}`, never, "a");
}

test("a picture arrives whole, with and without a length", async () => {
  assert.deepEqual(await fetchPath("/good"), ORIGIN_BODY);
  assert.deepEqual(await fetchPath("/good-chunked"), ORIGIN_BODY);
});

test("only the headers that are needed go out", async () => {
  await fetchPath("/good");
  const { headers } = origin.requests.at(-1)!;
  assert.deepEqual(Object.keys(headers).sort(), [
    "accept",
    "accept-encoding",
    "connection",
    "host",
    "user-agent",
  ]);
  assert.equal(headers["accept-encoding"], "identity");
  assert.equal(headers.connection, "close");
});

test("every download opens its own connection and leaves none behind", async () => {
  const before = origin.connections();
  const downloader = createDownloader(CONFIG);
  for (let i = 0; i < 3; i++) await downloader.fetchImage(`${origin.base}/good`, never, "a");
  assert.equal(origin.connections() - before, 3);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(origin.open(), 0);
});

test("proxy variables of the environment are ignored", async (t) => {
  const names = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"];
  t.after(() => {
    for (const name of names) delete process.env[name];
  });
  for (const name of names) process.env[name] = "http://127.0.0.1:9";
  assert.deepEqual(await fetchPath("/good"), ORIGIN_BODY);
});

const FAILING = [
  "/missing",
  "/status/201",
  "/status/206",
  "/status/304",
  "/status/403",
  "/status/500",
  "/silent",
  "/header-drip",
  "/body-drip",
  "/body-stalls",
  "/cut",
  "/cut-chunked",
  "/gzip",
  "/garbage",
  "/big-headers",
  "/informational-flood",
  "/loop",
  "/to-long",
  "/no-location",
  "/hops/4",
];

describe("an origin that misbehaves", { concurrency: true }, () => {
  for (const path of FAILING) {
    test(`like ${path} is a failed download, told in one text`, async () => {
      await assert.rejects(fetchPath(path), {
        reason: "download-failed",
        message: "The picture could not be downloaded.",
      });
    });
  }
});

test("a body that never ends is cut at the limit", async () => {
  await assert.rejects(fetchPath("/endless"), { reason: "picture-bytes-exceeded" });
});

test("an announced length over the limit is refused without reading", async () => {
  await assert.rejects(fetchPath("/announces-too-much"), { reason: "picture-bytes-exceeded" });
});

test("a body of exactly the limit passes, one byte less does not", async () => {
  assert.deepEqual(await fetchPath("/good", { maxBytes: ORIGIN_BODY.length }), ORIGIN_BODY);
  for (const path of ["/good", "/good-chunked"]) {
    const tight = fetchPath(path, { maxBytes: ORIGIN_BODY.length - 1 });
    await assert.rejects(tight, { reason: "picture-bytes-exceeded" });
  }
});

test("an empty body is a missing picture", async () => {
  await assert.rejects(fetchPath("/empty"), { reason: "picture-missing" });
});

test("three redirects are followed, relative ones too", async () => {
  assert.deepEqual(await fetchPath("/hops/3"), ORIGIN_BODY);
});

const REDIRECTS_AWAY = [
  "http://127.0.0.2/x",
  "http://127.0.0.2:8080/x",
  "http://169.254.169.254/latest",
  "http://[::1]/",
  "http://0x7f000002/",
  "http://localhost/",
  "file:///etc/passwd",
  "ftp://127.0.0.1/",
  "//10.0.0.1/",
  "http://u:p@127.0.0.1/",
  "http://127.0.0.1:0/",
  "http://8.8.8.8:22/",
  "http://[",
];

for (const location of REDIRECTS_AWAY) {
  test(`a redirect to ${location.slice(0, 40)} fails like any other download`, async () => {
    await assert.rejects(fetchPath(`/to?${encodeURIComponent(location)}`), {
      reason: "download-failed",
      message: "The picture could not be downloaded.",
    });
  });
}

test("nothing is sent to an address beside the exception, on any way to it", async (t) => {
  let touched = 0;
  const canary = createServer((socket) => {
    touched += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(origin.port, "127.0.0.2", resolve));
  t.after(() => canary.close());
  const ways = [
    `http://127.0.0.2:${origin.port}/`,
    `http://0x7f.2:${origin.port}/`,
    `http://[::ffff:127.0.0.2]:${origin.port}/`,
    `${origin.base}/to?${encodeURIComponent(`http://127.0.0.2:${origin.port}/`)}`,
  ];
  for (const url of ways)
    await assert.rejects(createDownloader(CONFIG).fetchImage(url, never, "a"));
  for (const addresses of [["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["8.8.8.8", "127.0.0.2"]]) {
    const downloader = createDownloader(CONFIG, { resolveHost: resolvesTo(...addresses) });
    await assert.rejects(downloader.fetchImage(`http://a.example:${origin.port}/`, never, "a"));
  }
  assert.equal(touched, 0);
});

const BAD_ANSWERS: readonly (readonly [string, readonly string[]])[] = [
  ["a private address", ["10.0.0.1"]],
  ["a public and a private address", ["8.8.8.8", "192.168.1.1"]],
  ["a public address and ::1", ["8.8.8.8", "::1"]],
  ["64 addresses, the last one private", [...Array<string>(63).fill("8.8.8.8"), "127.0.0.1"]],
  ["a NAT64 address", ["64:ff9b::7f00:1"]],
  ["no address", []],
];

for (const [what, addresses] of BAD_ANSWERS) {
  test(`a name with ${what} is refused like an unreachable host`, async () => {
    const config = { ...CONFIG, allowCidrs: [] };
    const downloader = createDownloader(config, { resolveHost: resolvesTo(...addresses) });
    await assert.rejects(downloader.fetchImage("http://a.example/x.jpg", never, "a"), {
      reason: "download-failed",
      message: "The picture could not be downloaded.",
    });
  });
}

test("the connection goes to the address that was checked, whatever DNS says next", async () => {
  const answers = ["127.0.0.1", "127.0.0.2"];
  let asked = 0;
  const rebinding: ResolveHost = async () => [
    { address: answers[asked++] ?? "127.0.0.2", family: 4 },
  ];
  const downloader = createDownloader(CONFIG, { resolveHost: rebinding });
  const image = await downloader.fetchImage(`http://a.example:${origin.port}/good`, never, "a");
  assert.deepEqual(image, ORIGIN_BODY);
  assert.equal(asked, 1);
  const second = downloader.fetchImage(`http://a.example:${origin.port}/good`, never, "a");
  await assert.rejects(second, { reason: "url-illegal" });
});

test("a name server that rejects is a failed download", async () => {
  const downloader = createDownloader(CONFIG, {
    resolveHost: () => Promise.reject(new Error("SERVFAIL")),
  });
  await assert.rejects(downloader.fetchImage("http://a.example/x.jpg", never, "a"), {
    reason: "download-failed",
  });
});

test("ports other than 80 and 443 are illegal, found or not, unless the operator allowed the address", async () => {
  const closed = { ...CONFIG, allowCidrs: [] };
  for (const url of ["http://8.8.8.8:22/", "http://127.0.0.1:6379/", "http://a.example:8080/"]) {
    await assert.rejects(createDownloader(closed).fetchImage(url, never, "a"), {
      reason: "url-illegal",
    });
  }
  for (const addresses of [[], ["8.8.8.8"], ["10.0.0.1"], ["127.0.0.1", "8.8.8.8"]]) {
    const downloader = createDownloader(CONFIG, { resolveHost: resolvesTo(...addresses) });
    const download = downloader.fetchImage("http://a.example:8080/", never, "a");
    await assert.rejects(download, { reason: "url-illegal" });
  }
});

test("a refused connection tells no more than a refused address", async () => {
  const texts: string[] = [];
  for (const url of ["http://127.0.0.1:9/", "http://10.0.0.1/", "http://localhost/"]) {
    const error = await createDownloader(CONFIG)
      .fetchImage(url, never, "a")
      .catch((e: unknown) => e);
    assert.ok(error instanceof AppError);
    texts.push(`${error.reason} ${error.message}`);
  }
  assert.equal(new Set(texts).size, 1);
});

test("a caller that goes away ends the download with the caller's own reason", async () => {
  const caller = new AbortController();
  const download = createDownloader(CONFIG).fetchImage(`${origin.base}/silent`, caller.signal, "a");
  setTimeout(() => caller.abort(new AppError("deadline-exceeded", "Too late.")), 50);
  await assert.rejects(download, { reason: "deadline-exceeded" });
  const gone = createDownloader(CONFIG).fetchImage(`${origin.base}/good`, AbortSignal.abort(), "a");
  await assert.rejects(gone, { reason: "cancelled" });
});

test("no more downloads run at once than allowed, and waiting ones can leave the line", async () => {
  const downloader = createDownloader({ ...CONFIG, maxConcurrent: 1 });
  const first = downloader.fetchImage(`${origin.base}/silent`, never, "a");
  const caller = new AbortController();
  const waiting = downloader.fetchImage(`${origin.base}/good`, caller.signal, "a");
  const last = downloader.fetchImage(`${origin.base}/good`, never, "a");
  const before = origin.requests.length;
  setTimeout(() => caller.abort(), 100);
  await assert.rejects(waiting, { reason: "cancelled" });
  assert.ok(origin.requests.length - before <= 1);
  await assert.rejects(first, { reason: "download-failed" });
  assert.deepEqual(await last, ORIGIN_BODY);
});

test("a destination is spared, whatever the names that lead there", async () => {
  const slow = await startCountingOrigin(60);
  const config = { ...CONFIG, totalTimeoutMs: 5_000 };
  const downloader = createDownloader(config, { resolveHost: resolvesTo("127.0.0.1") });
  const urls = Array.from({ length: 24 }, (_, i) => `http://host-${i}.example:${slow.port}/`);
  const accounts = ["a", "b", "c", "d"];
  await Promise.all(urls.map((url, i) => downloader.fetchImage(url, never, accounts[i % 4]!)));
  assert.equal(slow.mostOpen(), CONFIG.maxPerDestination);
  await slow[Symbol.asyncDispose]();
});

test("waiting for a place takes nothing off a download's own time, and has an end of its own", async () => {
  const slow = await startCountingOrigin(150);
  const url = `http://127.0.0.1:${slow.port}/`;
  const config = { ...CONFIG, maxPerDestination: 1, totalTimeoutMs: 800 };
  const patient = createDownloader(config);
  // Eight in a row take longer than one may.
  await Promise.all(Array.from({ length: 8 }, () => patient.fetchImage(url, never, "a")));
  const hasty = createDownloader({ ...config, maxWaitMs: 20 });
  const [first, second] = await Promise.allSettled([
    hasty.fetchImage(url, never, "a"),
    hasty.fetchImage(url, never, "b"),
  ]);
  assert.equal(first.status, "fulfilled");
  assert.ok(second.status === "rejected" && second.reason.reason === "overloaded");
  await slow[Symbol.asyncDispose]();
});

test("nothing is fetched from the server itself unless the operator allowed its address", async () => {
  const own = { resolveHost: resolvesTo("127.0.0.1"), ownNames: ["Faces.Example"] };
  const allowed = createDownloader(CONFIG, own);
  const url = `http://faces.example:${origin.port}/good`;
  assert.deepEqual(await allowed.fetchImage(url, never, "a"), ORIGIN_BODY);
  const elsewhere = { ...own, resolveHost: resolvesTo("8.8.8.8") };
  const closed = createDownloader({ ...CONFIG, allowCidrs: [] }, elsewhere);
  for (const name of ["faces.example", "FACES.example"]) {
    await assert.rejects(closed.fetchImage(`https://${name}/results/x.jpg`, never, "a"), {
      reason: "download-failed",
      message: "The picture could not be downloaded.",
    });
  }
});

test("a silent origin is given up long before the total time is over", async () => {
  const startedMs = performance.now();
  const patient = { totalTimeoutMs: 20_000 };
  await Promise.all([
    assert.rejects(fetchPath("/silent", patient), { reason: "download-failed" }),
    assert.rejects(fetchPath("/body-stalls", patient), { reason: "download-failed" }),
  ]);
  assert.ok(performance.now() - startedMs < 5_000);
});
