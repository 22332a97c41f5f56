import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { readPastedKey } from "../../../console/src/api/pasted-key.ts";
import { signCall } from "../../../console/src/api/sign-call.ts";
import type { RunningServer } from "../../support/running-server.ts";
import { startServer } from "../../support/running-server.ts";
import { ROOT } from "../../support/source-modules.ts";

const SAMPLE = path.join(ROOT, "node_modules/@vladmandic/face-api/demo/sample1.jpg");
const photo = readFileSync(SAMPLE).toString("base64");

/** What a test may bend. */
interface Bent {
  readonly path?: string;
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly secretKey?: string;
}

async function post(
  server: RunningServer,
  action: string,
  parameters: object,
  bent: Bent = {},
): Promise<Response> {
  const { path: place = "/console/api/", version = "console", headers = {} } = bent;
  const body = new TextEncoder().encode(JSON.stringify(parameters));
  const call = {
    ...{ action, version, region: "ap-guangzhou", language: "en-US", headers, body },
    ...{ host: new URL(server.url).host, timestamp: Math.floor(Date.now() / 1000) },
  };
  const key = { secretId: server.secretId, secretKey: bent.secretKey ?? server.secretKey };
  const signed = await signCall(call, key);
  return await fetch(server.url + place, { method: "POST", headers: signed.headers, body });
}

// The answers are what the test looks at; their shape is checked by what it reads of them.
// biome-ignore lint/suspicious/noExplicitAny: JSON of the server.
async function answerOf(response: Promise<Response>): Promise<any> {
  const text = await (await response).text();
  return JSON.parse(text).Response;
}

test("the console's own calls", async (t) => {
  await using server = await startServer({ FACELOOM_CONSOLE_KEEP_PARAMETERS: "true" });

  await t.test("the API's forms are told as the schemas that check them", async () => {
    const { Actions, ModelTypes } = await answerOf(post(server, "DescribeConsole", {}));
    const names = Actions.map(({ Name }: { Name: string }) => Name);
    assert.deepEqual(names, ["FuseFaceUltra", "FuseFace", "DescribeMaterialList"]);
    assert.deepEqual(Actions[0].Schema.required, ["RspImgType", "MergeInfos"]);
    assert.deepEqual(ModelTypes, [1, 2, 3, 4, 5, 6]);
  });

  await t.test("a wrong key is refused as the API refuses it", async () => {
    const { Error: fault } = await answerOf(
      post(server, "DescribeConsole", {}, { secretKey: "wrong" }),
    );
    assert.equal(fault.Code, "AuthFailure.SignatureFailure");
  });

  await t.test("a console call is no call of the API, and the other way round", async () => {
    const atRoot = await answerOf(post(server, "DetectFaces", {}, { path: "/" }));
    assert.equal(atRoot.Error.Code, "NoSuchVersion");
    const fusion = await answerOf(post(server, "FuseFaceUltra", {}, { version: "2022-09-27" }));
    assert.equal(fusion.Error.Code, "NoSuchVersion");
  });

  await t.test("the faces of a picture are listed", async () => {
    const found = await answerOf(post(server, "DetectFaces", { Image: photo }));
    assert.equal(found.Faces.length, 3);
    for (const { Box } of found.Faces) {
      assert.ok(Box.X >= 0 && Box.X + Box.Width <= found.Width && Box.Width > 100);
    }
    const none = await answerOf(post(server, "DetectFaces", {}));
    assert.equal(none.Error.Code, "FailedOperation.ParameterValueError");
  });

  await t.test(
    "an account looks for faces as often as it may fuse, and only if it may",
    async () => {
      const make = (name: string, ...terms: string[]) => makeAccount(server, name, terms);
      const slow = { ...server, ...make("slow") };
      const codes: (string | undefined)[] = [];
      for (let i = 0; i < 9; i++) {
        const { Error: fault } = await answerOf(post(slow, "DetectFaces", {}));
        codes.push(fault.Code);
      }
      // Two a second are the original's rate; nine calls in a row come faster.
      assert.ok(codes.includes("RequestLimitExceeded"), codes.join());
      assert.ok(codes.includes("FailedOperation.ParameterValueError"), codes.join());
      const other = { ...server, ...make("other", "--actions", "DescribeMaterialList") };
      const { Error: refused } = await answerOf(post(other, "DetectFaces", {}));
      assert.match(refused.Code, /^AuthFailure|^UnauthorizedOperation/);
    },
  );

  await t.test("a followed call tells its steps, and is listed without content", async () => {
    const stream = await post(server, "FollowCalls", {}, { path: "/console/api/events" });
    assert.equal(stream.headers.get("content-type"), "text/event-stream");
    const fused = await answerOf(
      post(
        server,
        "FuseFaceUltra",
        { RspImgType: "base64", ModelImage: photo, MergeInfos: [{ Image: photo }] },
        { path: "/", version: "2022-09-27", headers: { "x-faceloom-follow": "mine" } },
      ),
    );
    assert.ok(fused.FusedImage.length > 1000);
    const events = await eventsUntil(stream, ({ type }) => type === "call");
    const steps = events.filter(({ type }) => type === "step").map(({ step }) => step);
    assert.deepEqual(steps.slice(0, 4), ["download", "queue", "decode-pictures", "find-faces"]);
    assert.equal(steps.at(-1), "encode-result");
    const { Calls } = await answerOf(post(server, "DescribeCalls", {}));
    // The two calls with a wrong version are there as well.
    assert.equal(Calls.length, 2);
    assert.equal(Calls[0].requestId, fused.RequestId);
    assert.equal(Calls[0].faces, 1);
    assert.doesNotMatch(JSON.stringify(Calls), new RegExp(photo.slice(0, 40)));
  });

  await t.test(
    "where the operator wants it, the parameters of a call can be seen again",
    async () => {
      const failed = await answerOf(
        post(
          server,
          "FuseFaceUltra",
          { RspImgType: "nothing", MergeInfos: [] },
          { path: "/", version: "2022-09-27" },
        ),
      );
      assert.ok(failed.Error);
      const parameters = { RequestId: failed.RequestId };
      const kept = await answerOf(post(server, "DescribeCallParameters", parameters));
      assert.deepEqual(JSON.parse(kept.Parameters), { RspImgType: "nothing", MergeInfos: [] });
    },
  );

  await t.test("a stopping server does not wait for open streams", async () => {
    await post(server, "FollowCalls", {}, { path: "/console/api/events" });
    const gone = new Promise((resolve) => server.process.once("exit", resolve));
    server.process.kill("SIGTERM");
    assert.equal(await gone, 0);
  });
});

test("a server without the console has neither pages nor their calls", async () => {
  await using server = await startServer({ FACELOOM_CONSOLE: "false" });
  const start = await fetch(server.url, { headers: { accept: "text/html" }, redirect: "manual" });
  assert.equal(start.status, 200);
  const { Error: fault } = await answerOf(post(server, "DetectFaces", {}));
  assert.equal(fault.Code, "InvalidAction");
});

/** Makes an account beside the running server, as an operator does; returns its first pair. */
function makeAccount(
  { dataDir }: RunningServer,
  name: string,
  terms: readonly string[],
): { readonly secretId: string; readonly secretKey: string } {
  const program = [path.join(ROOT, "bin/faceloom.js"), "accounts", "create", name, ...terms];
  const run = spawnSync(process.execPath, program, {
    env: { PATH: process.env.PATH, FACELOOM_DATA_DIR: dataDir },
    encoding: "utf8",
  });
  const pair = readPastedKey(run.stdout);
  assert.ok(pair !== undefined, run.stdout + run.stderr);
  return pair;
}

/** Reads a stream of events until one is wanted, and gives it up. */
async function eventsUntil(
  response: Response,
  isLast: (event: Record<string, string>) => boolean,
): Promise<Record<string, string>[]> {
  const events: Record<string, string>[] = [];
  let rest = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks.filter((text) => text.startsWith("data: "))) {
      events.push(JSON.parse(block.slice("data: ".length)));
    }
    if (events.some(isLast)) break;
  }
  return events;
}
