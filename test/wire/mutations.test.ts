import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { flattenParameters, formText } from "../../src/protocol/flatten-parameters.ts";
import { signTc3 } from "../../src/protocol/tc3/sign-tc3.ts";
import { parseForm } from "../../src/protocol/v1/form.ts";
import { explainV1 } from "../../src/protocol/v1/sign-v1.ts";
import { startGateway } from "../support/gateway.ts";
import { startIdleProcess } from "../support/idle-process.ts";
import { measureSlowdown } from "../support/machine-load.ts";
import { createRandom } from "../support/random.ts";

const COUNT = 10_000;
/** A mutated length may announce a body that never comes; nobody waits for its end here. */
const PATIENCE_MS = 150;
/** From the first byte sent to the end of the answer, with this test's own share in it. */
const MAX_P99_MS = 5;
/** Each share of the requests is measured by itself, and the quietest counts: a busy machine holds up everybody. */
const SHARES = 10;

const PARAMETERS = {
  RspImgType: "base64",
  ModelImage: "QUFBQQ==",
  MergeInfos: [{ Image: "QUFBQQ==" }],
};
const FORM_TYPE = "application/x-www-form-urlencoded";

test(`A-48 ${COUNT} mutated requests: none is accepted as another call, none brings the server down`, async (t) => {
  await using gateway = await startGateway({ environment: { FACELOOM_LOG_LEVEL: "debug" } });
  await using idle = await startIdleProcess();
  const valid = validRequests(gateway.address, gateway.key);
  const random = createRandom(48);
  const outcomes = new Map<string, number>();
  const timesMs: number[] = [];
  // One after the other: the time of each is its own.
  for (let i = 0; i < COUNT; i++) {
    const original = valid[i % valid.length]!;
    const mutated = mutate(original, random);
    const startedMs = performance.now();
    const answer = await exchange(gateway.address, mutated);
    if (answer !== "") timesMs.push(performance.now() - startedMs);
    const outcome = outcomeOf(answer);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (outcome === "accepted") assertSameMeaning(mutated, original);
    else assert.doesNotMatch(outcome, /Internal|Inner|^other/, mutated.toString("latin1"));
  }
  for (const [outcome, count] of [...outcomes].toSorted((a, b) => b[1] - a[1])) {
    t.diagnostic(`${String(count).padStart(6)}  ${outcome}`);
  }
  for (const { options } of gateway.jobs) assert.deepEqual(options, gateway.jobs[0]!.options);
  const p99s = shares(timesMs).map((share) => quantile(share, 0.99));
  const shown = `p99 of each tenth: ${p99s.map((ms) => ms.toFixed(1)).join(", ")} ms`;
  const median = quantile(timesMs, 0.5).toFixed(2);
  t.diagnostic(`${gateway.log.length} reached the chain; median ${median} ms`);
  // What delays an idle process meanwhile is the machine's doing.
  const { p99Ms: idleP99Ms } = await idle.read();
  t.diagnostic(`${shown}; of an idle process ${idleP99Ms} ms`);
  const least = Math.min(...p99s) - idleP99Ms;
  assert.ok(least <= MAX_P99_MS || least / measureSlowdown() <= MAX_P99_MS, shown);
  for (const original of valid) {
    assert.equal(outcomeOf(await exchange(gateway.address, original)), "accepted");
  }
});

/** Cuts a list into {@link SHARES} of the same length. */
function shares(list: readonly number[]): number[][] {
  const length = Math.floor(list.length / SHARES);
  return Array.from({ length: SHARES }, (_, i) => list.slice(i * length, (i + 1) * length));
}

function quantile(list: readonly number[], share: number): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length * share)]!;
}

/** A call in each way: TC3 by POST and GET, v1 by POST and GET. */
function validRequests(
  address: string,
  key: { readonly secretId: string; readonly secretKey: string },
): Buffer[] {
  const { host } = new URL(address);
  const body = JSON.stringify(PARAMETERS);
  const parameters = flattenParameters(PARAMETERS);
  const query = formText(parameters);
  const call = {
    ...key,
    host,
    action: "FuseFaceUltra",
    version: "2022-09-27",
    region: "ap-guangzhou",
    timestamp: Math.floor(Date.now() / 1000),
    body,
  };
  const v1 = (method: "GET" | "POST"): string =>
    explainV1({ ...call, method, parameters, nonce: 1, hash: "HmacSHA256" }).form;
  const form = v1("POST");
  return [
    request(`POST / HTTP/1.1`, { Host: host, ...signTc3(call) }, body),
    request(`GET /?${query} HTTP/1.1`, { Host: host, ...signTc3({ ...call, query }) }),
    request(`POST / HTTP/1.1`, { Host: host, "Content-Type": FORM_TYPE }, form),
    request(`GET /?${v1("GET")} HTTP/1.1`, { Host: host }),
  ];
}

function request(line: string, headers: Readonly<Record<string, string>>, body = ""): Buffer {
  const all = {
    ...headers,
    Connection: "close",
    "User-Agent": "a-client/1.0",
    ...(body === "" ? {} : { "Content-Length": String(body.length) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${line}\r\n${lines.join("")}\r\n${body}`, "latin1");
}

/** Changes single bits: in half of the cases of one byte, else of 0.1 to 5 % of all bytes. */
function mutate(valid: Buffer, random: () => number): Buffer {
  const mutated = Buffer.from(valid);
  const flip = (at: number): void => {
    mutated[at]! ^= 1 << Math.floor(random() * 8);
  };
  if (random() < 0.5) {
    flip(Math.floor(random() * mutated.length));
    return mutated;
  }
  const ratio = 0.001 + random() * 0.049;
  for (let i = 0; i < mutated.length; i++) if (random() < ratio) flip(i);
  if (mutated.equals(valid)) flip(Math.floor(random() * mutated.length));
  return mutated;
}

/** Sends bytes and returns what comes back until the server closes or patience ends. */
function exchange(address: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(address);
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname);
  let answer = "";
  const done = (): void => {
    socket.destroy();
    resolve(answer);
  };
  socket.setEncoding("latin1");
  socket.on("data", (data) => {
    answer += data;
    // A mutated `Connection` keeps the connection open behind the answer.
    if (/^HTTP\/1\.1 200 [\s\S]*\}\}$/.test(answer)) done();
  });
  socket.on("close", done);
  socket.on("error", done);
  socket.setTimeout(PATIENCE_MS, done);
  socket.write(bytes);
  return promise;
}

function outcomeOf(answer: string): string {
  if (answer === "") return "no answer within the patience of this test";
  const [, code] = /"Error":\{"Code":"([\w.]+)"/.exec(answer) ?? [];
  if (code !== undefined) return code;
  if (/^HTTP\/1\.1 200 [\s\S]*"FusedImage":/.test(answer)) return "accepted";
  return /^HTTP\/1\.1 4\d\d [\w ]+/.exec(answer)?.[0] ?? `other: ${answer}`;
}

/** Bits that carry no meaning, such as those of a user agent, may change: never those of the call itself. */
function assertSameMeaning(mutated: Buffer, valid: Buffer): void {
  const meaning = (text: Buffer): unknown[] => {
    const [head = "", body = ""] = text.toString("latin1").split("\r\n\r\n");
    const [line = ""] = head.split("\r\n");
    const [method, target = ""] = line.split(" ");
    // Around values blanks of any kind do not count.
    const lines = head
      .toLowerCase()
      .replaceAll(/:\s*/g, ": ")
      .split(/\s*\r\n/);
    const told = ["x-tc-action:", "x-tc-version:", "x-tc-timestamp:", "authorization:"];
    return [
      method,
      [...parseForm(target.split("?")[1] ?? "")],
      body.startsWith("{") ? body : [...parseForm(body)],
      lines.filter((one) => told.some((name) => one.startsWith(name))),
    ];
  };
  assert.deepEqual(meaning(mutated), meaning(valid));
}
