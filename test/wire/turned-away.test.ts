import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError, type Reason } from "../../src/base/app-error.ts";
import { startGateway } from "../support/gateway.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

const BODY = JSON.stringify({
  RspImgType: "base64",
  ModelUrl: "https://example.com/template.jpg",
  MergeInfos: [{ Url: "https://example.com/user.jpg" }],
});

/** What a fusion may be turned away with, the answer's code, and what a proxy reads in the header. */
const CASES: readonly [Reason, Record<string, string>, string, string | undefined][] = [
  ["overloaded", { bound: "queue" }, "RequestLimitExceeded", "queue"],
  ["overloaded", { bound: "wait" }, "RequestLimitExceeded", "wait"],
  ["overloaded", { bound: "pixels" }, "RequestLimitExceeded", "pixels"],
  ["overloaded", { bound: "draining" }, "RequestLimitExceeded", "draining"],
  ["resources-exhausted", { shortage: "free-space" }, "ResourceInsufficient", "disk"],
  ["resources-exhausted", {}, "ResourceInsufficient", "workers"],
  ["worker-lost", { bound: "quarantine" }, "FailedOperation.RpcFail", "quarantine"],
  ["worker-lost", {}, "FailedOperation.RpcFail", undefined],
  ["face-not-found", {}, "FailedOperation.NoFaceDetected", undefined],
];

test("an answer that turns a caller away says in a header what is short, others carry none", async () => {
  let thrown = new AppError("internal", "");
  await using gateway = await startGateway({ run: () => Promise.reject(thrown) });
  for (const [reason, details, code, header] of CASES) {
    thrown = new AppError(reason, "", { details });
    const answer = await sendTc3(gateway.address, gateway.key, { body: BODY });
    assert.equal(answer.status, 200);
    assert.equal(envelopeOf(answer).Error?.Code, code);
    assert.equal(answer.headers["x-internal-reject"], header);
  }
});

test("a call over its rate is told so in the header, too", async () => {
  await using gateway = await startGateway({ environment: { FACELOOM_RATE_PER_SECOND: "1" } });
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => sendTc3(gateway.address, gateway.key, { body: BODY })),
  );
  const refused = answers.filter((answer) => envelopeOf(answer).Error !== undefined);
  assert.ok(refused.length >= 3);
  for (const { headers } of refused) assert.equal(headers["x-internal-reject"], "rate");
});
