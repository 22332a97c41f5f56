import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { DOWNLOAD_SETTINGS } from "../../../src/download/config.ts";
import { createDownloader } from "../../../src/download/fetch-image.ts";
import { createHostResolver } from "../../../src/download/resolve-host.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import { type DnsServer, startDnsServer } from "../../support/dns-server.ts";
import {
  type MisbehavingOrigin,
  ORIGIN_BODY,
  startMisbehavingOrigin,
} from "../../support/misbehaving-origin.ts";

const never = new AbortController().signal;
const MANY = Array.from({ length: 25 }, (_, i) => `127.0.0.${i + 1}`);
let dns: DnsServer;
let origin: MisbehavingOrigin;

before(async () => {
  origin = await startMisbehavingOrigin();
  dns = await startDnsServer({
    "both.example": { A: ["8.8.8.8", "9.9.9.9"], AAAA: ["2001:4860:4860:0:0:0:0:8888"] },
    "four.example": { A: ["8.8.8.8"] },
    "six.example": { AAAA: ["2001:4860:4860:0:0:0:0:8888"] },
    "none.example": {},
    "many.example": { A: MANY },
    "silent.example": "silent",
    "origin.example": { A: ["127.0.0.1"] },
    "mixed.example": { A: ["127.0.0.1"], AAAA: ["0:0:0:0:0:0:0:1"] },
  });
});
after(async () => {
  await dns[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

function resolve(host: string, signal = never) {
  return createHostResolver([dns.address], 400)(host, signal);
}

test("all addresses of both families are found", async () => {
  assert.deepEqual(await resolve("both.example"), [
    { address: "8.8.8.8", family: 4 },
    { address: "9.9.9.9", family: 4 },
    { address: "2001:4860:4860::8888", family: 6 },
  ]);
  assert.equal((await resolve("many.example")).length, MANY.length);
});

test("one family is enough", async () => {
  assert.deepEqual(await resolve("four.example"), [{ address: "8.8.8.8", family: 4 }]);
  assert.equal((await resolve("six.example"))[0]?.family, 6);
});

test("a name without addresses and an unknown name are rejected", async () => {
  await assert.rejects(resolve("none.example"));
  await assert.rejects(resolve("unknown.example"));
});

test("a silent name server is given up in time, and at once when the caller goes away", async () => {
  const startedMs = performance.now();
  await assert.rejects(resolve("silent.example"));
  assert.ok(performance.now() - startedMs < 1500);
  const caller = new AbortController();
  setTimeout(() => caller.abort(), 50);
  const abortedMs = performance.now();
  await assert.rejects(resolve("silent.example", caller.signal));
  assert.ok(performance.now() - abortedMs < 300);
});

test("no search domain is tried behind a name", async () => {
  dns.asked.length = 0;
  await assert.rejects(resolve("unknown.example"));
  assert.deepEqual(new Set(dns.asked), new Set(["unknown.example A", "unknown.example AAAA"]));
});

test("a picture is fetched by name, its Host header kept, when all addresses are allowed", async () => {
  const config = {
    ...defaultsOf(DOWNLOAD_SETTINGS),
    allowCidrs: ["127.0.0.1/32"],
    dnsServers: [dns.address],
  };
  const downloader = createDownloader(config);
  const url = `http://origin.example:${origin.port}/good`;
  assert.deepEqual(await downloader.fetchImage(url, never, "a"), ORIGIN_BODY);
  assert.equal(origin.requests.at(-1)?.headers.host, `origin.example:${origin.port}`);
  const mixed = downloader.fetchImage(`http://mixed.example:${origin.port}/good`, never, "a");
  await assert.rejects(mixed, { reason: "url-illegal" });
});
