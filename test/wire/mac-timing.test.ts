import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Hex } from "../../src/protocol/digests.ts";
import { parseAuthorization } from "../../src/protocol/tc3/authorization.ts";
import { signTc3 } from "../../src/protocol/tc3/sign-tc3.ts";
import type { Tc3Request } from "../../src/protocol/tc3/verify-tc3.ts";
import { verifyTc3 } from "../../src/protocol/tc3/verify-tc3.ts";
import { v1Signature, v1StringToSign } from "../../src/protocol/v1/v1-signature.ts";
import { verifyV1 } from "../../src/protocol/v1/verify-v1.ts";

/*
 * Row A-31 of the signature corpus. That a SecretId is known is no secret here: the original's codes tell it, and so
 * do ours. What time must not tell is how much of a signature is right.
 */

const RUNS = 5_000;
const ATTEMPTS = 5;
/** Between the medians of signatures that are right in few digits and in many. */
const MAX_DIFFERENCE = 0.05;

const SECRET_KEY = "the-secret-key";
const BODY = '{"RspImgType":"url"}';
const HOST = "faces.example";

function tc3Request(): Tc3Request {
  const timestamp = 1_700_000_000;
  const signed = signTc3({
    secretId: "AKIDx",
    secretKey: SECRET_KEY,
    host: HOST,
    action: "FuseFaceUltra",
    version: "2022-09-27",
    region: "ap-guangzhou",
    body: BODY,
    timestamp,
  });
  const headers = Object.entries({ Host: HOST, ...signed });
  return {
    method: "POST",
    query: "",
    headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(BODY),
    bodySha256: sha256Hex(BODY),
    timestampText: String(timestamp),
    timestamp,
    authorization: parseAuthorization(signed.Authorization!),
    allowsUnsignedPayload: true,
  };
}

/** Returns a text of the same length that is right in its first `count` characters and wrong in all others. */
function rightUntil(text: string, count: number): string {
  const wrong = [...text.slice(count)].map((letter) => (letter === "a" ? "b" : "a"));
  return text.slice(0, count) + wrong.join("");
}

const TC3 = tc3Request();
const PAIRS = new Map([["Action", "FuseFaceUltra"]]);
const V1_SIGNATURE = v1Signature(SECRET_KEY, "HmacSHA1", v1StringToSign("GET", HOST, PAIRS));

/** Checks a signature of each family that is right in `share` of its characters. */
const FAMILIES: Readonly<Record<string, (share: number) => () => void>> = {
  TC3(share) {
    const { signature } = TC3.authorization;
    const claimed = rightUntil(signature, Math.round(share * signature.length));
    const request = { ...TC3, authorization: { ...TC3.authorization, signature: claimed } };
    return () => verifyTc3(request, SECRET_KEY);
  },
  v1(share) {
    const claimed = rightUntil(V1_SIGNATURE, Math.round(share * V1_SIGNATURE.length));
    const headers = new Map([["host", HOST]]);
    const pairs = new Map([...PAIRS, ["Signature", claimed]]);
    return () => verifyV1({ method: "GET", headers, pairs }, SECRET_KEY);
  },
};

function microsecondsOf(work: () => void): number {
  const startedAt = process.hrtime.bigint();
  try {
    work();
  } catch {
    return Number(process.hrtime.bigint() - startedAt) / 1000;
  }
  assert.fail("A wrong signature was accepted.");
}

/** Medians of {@link RUNS} runs each, taken by turns, so that what else the machine does hits both alike. */
function mediansOf(works: readonly (() => void)[]): number[] {
  const times = works.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    for (const i of run % 2 ? [1, 0] : [0, 1]) times[i]!.push(microsecondsOf(works[i]!));
  }
  return times.map((list) => list.toSorted((a, b) => a - b)[RUNS / 2]!);
}

for (const [family, checkOf] of Object.entries(FAMILIES)) {
  test(`A-31 a ${family} signature that is right but for its end takes as long as one that is all wrong`, (t) => {
    assert.doesNotThrow(checkOf(1));
    const works = [checkOf(0), checkOf(0.95)];
    let difference = 1;
    // A busy machine may disturb a measurement, but not five in the same direction.
    for (let i = 0; i < ATTEMPTS && difference > MAX_DIFFERENCE; i++) {
      const [wrong, nearlyRight] = mediansOf(works) as [number, number];
      difference = Math.abs(nearlyRight / wrong - 1);
      t.diagnostic(`${wrong.toFixed(1)} and ${nearlyRight.toFixed(1)} us, ${RUNS} runs each`);
    }
    assert.ok(difference <= MAX_DIFFERENCE, `the medians differ by ${difference}`);
  });
}
