// The corpus of URLs (rows U-01 to U-70) through a running server, in every position of a call.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import test, { before } from "node:test";
import { ROOT } from "../support/source-modules.ts";
import { ADDRESS_CASES, ORIGIN_ADDRESS, OWN_ADDRESS } from "./address-cases.ts";
import type { AddressRun, AddressTrial } from "./address-run.ts";

const ILLEGAL = "InvalidParameterValue.UrlIllegal";
const FAILED = "FailedOperation.ImageDownloadError";
const ALLOWED = {
  illegal: [ILLEGAL],
  failed: [FAILED],
  refused: [ILLEGAL, FAILED],
  fetched: ["ok"],
  "not-a-picture": ["FailedOperation.ImageDecodeFailed"],
} as const;

/** In a namespace of its own every address can be made this machine's; that takes root's rights. */
const ENTER = [
  "ip link set lo up",
  `ip address add ${OWN_ADDRESS}/32 dev lo`,
  "ip route add local 0.0.0.0/0 dev lo",
  "ip -6 route add local ::/0 dev lo",
].join(" && ");
const isAlone = spawnSync("unshare", ["--net", "sh", "-c", ENTER]).status === 0;

let found: AddressRun;

before(async () => {
  const script = path.join(ROOT, "test/corpus/address-run.ts");
  const command = isAlone
    ? [
        "unshare",
        "--net",
        "sh",
        "-c",
        `${ENTER} && exec "$0" "$@"`,
        process.execPath,
        script,
        "--alone",
      ]
    : [process.execPath, script];
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  found = await new Promise<AddressRun>((resolve, reject) => {
    child.once("message", (message) => resolve(message as AddressRun));
    child.once("exit", (code) => reject(new Error(`The run ended with ${code}.`)));
  });
  console.log(
    `${found.trials.length} calls ${isAlone ? "in a namespace in which every address is seen" : "without a namespace: loopback is seen"}`,
  );
});

function describeTrial({ tried, position, outcome, ms }: AddressTrial): string {
  return `${tried.id} ${tried.url.slice(0, 80)} as ${position}: ${outcome} in ${ms.toFixed(0)} ms, wanted ${tried.expected}`;
}

test("every URL has its documented outcome as template, as user photo and as logo", () => {
  const wrong = found.trials.filter(
    ({ tried, outcome }) => !(ALLOWED[tried.expected] as readonly string[]).includes(outcome),
  );
  assert.deepEqual(wrong.map(describeTrial), []);
  assert.ok(found.trials.length >= (isAlone ? ADDRESS_CASES.length : 80) * 3);
});

test("nothing arrived anywhere but at the origin", () => {
  assert.deepEqual(found.strays, []);
  // Seen at all: a connection on purpose was noted.
  assert.equal(found.control.length, 1);
});

test("no connection was tried that nobody listened for", {
  skip: isAlone ? false : "only a namespace has counters of its own",
}, () => {
  assert.equal(found.unanswered, 0);
});

test("all downloads that fail are told with the same words", () => {
  const messages = new Set(
    found.trials.filter(({ outcome }) => outcome === FAILED).map(({ message }) => message),
  );
  assert.equal(messages.size, 1);
});

test("a name whose address changes is connected to where it was checked, or not at all", {
  skip: isAlone ? false : "only a namespace has the public address",
}, () => {
  assert.deepEqual(found.flips, ["ok", FAILED, FAILED]);
  assert.ok(found.names.includes("flip.example A"), `no question for ${ORIGIN_ADDRESS}`);
});

test("one origin is spared by a caller who wants many of its pictures at once under many names", {
  skip: isAlone ? false : "only a namespace has the public address",
}, () => {
  const { outcomes, mostOpen } = found.flood;
  assert.equal(mostOpen, 4);
  assert.ok(outcomes.includes("ok"));
  const others = outcomes.filter((one) => one !== "ok" && one !== "RequestLimitExceeded");
  assert.deepEqual(others, []);
});

test("downloads carry no header beyond those that are needed", {
  skip: isAlone ? false : "only a namespace has the origin",
}, () => {
  assert.deepEqual(found.headerSets, ["accept accept-encoding connection host user-agent"]);
});

test("private names are refused before DNS is asked", () => {
  const asked = found.names.map((name) => name.split(" ")[0]!);
  assert.deepEqual(
    asked.filter((name) => !name.endsWith(".example") && !name.endsWith(".svc")),
    [],
  );
});
