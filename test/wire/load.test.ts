import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import sharp from "sharp";
import { startServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";

const require = createRequire(import.meta.url);
/** What the test reads from /readyz. */
interface Figures {
  readonly eventLoop: { readonly p99Ms: number; readonly maxMs: number };
  readonly workers: { readonly jobsDone: number };
}

const CALLS = 50;
const AT_ONCE = 4;

test(`${CALLS} calls, ${AT_ONCE} at a time, end without an error and leave the gateway's event loop free`, async (t) => {
  await using server = await startServer();
  const file = await readFile(require.resolve("@vladmandic/face-api/demo/sample6.jpg"));
  // A small cut around one face: the gateway does the same for each call, and the suite stays quick.
  const cut = sharp(file).extract({ left: 1380, top: 180, width: 440, height: 480 });
  const picture = (await cut.resize(320).jpeg().toBuffer()).toString("base64");
  const call = {
    RspImgType: "base64",
    ModelImage: picture,
    MergeInfos: [{ Image: picture }],
  };
  const readiness = async (): Promise<Figures> =>
    (await (await fetch(`${server.url}/readyz`)).json()) as Figures;
  await callSigned(server, "FuseFaceUltra", call);
  // A reading counts from the one before: start-up and the first call's compiling are left out.
  await readiness();
  let next = 0;
  const codes: (string | undefined)[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next++ < CALLS) codes.push((await callSigned(server, "FuseFaceUltra", call)).code);
    }),
  );
  const { eventLoop, workers } = await readiness();
  t.diagnostic(`event loop delay: p99 ${eventLoop.p99Ms} ms, max ${eventLoop.maxMs} ms`);
  assert.deepEqual(codes, Array(CALLS).fill(undefined));
  assert.equal(workers.jobsDone, CALLS + 1);
  assert.ok(eventLoop.p99Ms <= 20, `p99 was ${eventLoop.p99Ms} ms, max ${eventLoop.maxMs} ms`);
});
