import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { orderBody } from "../bodies.ts";
import { OK } from "../caller.ts";
import { atMost, type Finding, holds, leftOut } from "../finding.ts";
import { tally } from "../open-loop.ts";
import { callerOf, SMALL_BODY } from "../rig.ts";
import { opsAddressOf, startRigServer } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

const THIS_FILE = fileURLToPath(import.meta.url);
/** A network with nothing in it but the machine itself. */
const ENTER = "ip link set lo up";
const FAILED = "FailedOperation.ImageDownloadError";
/** Of the block for documentation, and a name that no resolver can be asked for. */
const OUTSIDE = ["http://198.51.100.7/a.jpg", "http://pictures.example.com/a.jpg"];

/** F-16: the server cannot reach anything outside its machine. */
export async function checkNoEgress(): Promise<readonly Finding[]> {
  if (spawnSync("unshare", ["--net", "sh", "-c", ENTER]).status !== 0) {
    return [leftOut("F-16", "a server without a way out", "no network namespace may be made here")];
  }
  const command = ["--net", "sh", "-c", `${ENTER} && exec "$0" "$@"`, process.execPath, THIS_FILE];
  const child = spawn("unshare", command, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { promise, resolve, reject } = Promise.withResolvers<readonly Finding[]>();
  child.once("message", (message) => resolve(message as readonly Finding[]));
  child.once("exit", (code) =>
    reject(new Error(`The check within the namespace ended with ${code}.`)),
  );
  return await promise;
}

if (process.argv[1] === THIS_FILE && process.send !== undefined) {
  process.send(await checkWithin());
  process.disconnect();
}

async function checkWithin(): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  const startedMs = performance.now();
  const calls = OUTSIDE.map((userUrl) => caller.call(orderBody("busy:20", { userUrl })));
  const beside = await caller.call(SMALL_BODY);
  const outcomes = (await Promise.all(calls)).map((outcome) => ({ outcome }));
  const tookSeconds = (performance.now() - startedMs) / 1000;
  const ops = await opsAddressOf(server);
  const probes = await Promise.all(
    ["livez", "readyz"].map(async (at) => (await fetch(`${ops}/${at}`)).status),
  );
  return [
    holds(
      "F-16",
      "without a way out, downloads fail as any other",
      outcomes.every(({ outcome }) => outcome === FAILED),
      tally(outcomes),
    ),
    atMost("F-16", "they fail after", tookSeconds, {
      limit: TARGETS["F-16"].downloadSeconds,
      unit: "s",
    }),
    holds("F-16", "pictures in the body are fused", beside === OK, beside),
    holds("F-16", "the server is alive and ready", probes.join() === "200,200", probes.join()),
  ];
}
