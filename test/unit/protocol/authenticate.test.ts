import assert from "node:assert/strict";
import test from "node:test";
import { isAppError } from "../../../src/base/app-error.ts";
import { readApiCall } from "../../../src/protocol/api-call.ts";
import { type AuthenticationParts, authenticate } from "../../../src/protocol/authenticate.ts";
import { sha256Hex } from "../../../src/protocol/digests.ts";
import { signTc3 } from "../../../src/protocol/tc3/sign-tc3.ts";
import { v1Signature, v1StringToSign } from "../../../src/protocol/v1/v1-signature.ts";

const NOW = 1_700_000_000;
const KEY = { secretKey: "key" };

interface Asked {
  /** SecretIds that were looked up, signatures that were noted. */
  readonly ids: string[];
  readonly notes: [signature: string, endsAtMs: number][];
}

function parts(
  asked: Asked,
  change: Partial<AuthenticationParts<typeof KEY>> = {},
): AuthenticationParts<typeof KEY> {
  return {
    async findKey(secretId) {
      asked.ids.push(secretId);
      return secretId.startsWith("AKID") ? KEY : undefined;
    },
    async noteSignature(signature, endsAtMs) {
      asked.notes.push([signature, endsAtMs]);
      return asked.notes.length < 2;
    },
    nowMs: () => NOW * 1000,
    strictScope: false,
    allowsUnsignedPayload: true,
    allowsV1Signature: true,
    ...change,
  };
}

function tc3Call(secretId: string, secretKey = KEY.secretKey) {
  const body = Buffer.from("{}");
  const signed = signTc3({
    secretId,
    secretKey,
    host: "a",
    action: "FuseFaceUltra",
    version: "2022-09-27",
    region: "ap-guangzhou",
    timestamp: NOW,
    body,
  });
  const headers = new Map(
    Object.entries({ Host: "a", ...signed }).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = { method: "POST", target: "/", headers, body, bodySha256: sha256Hex(body) };
  return readApiCall(request, true);
}

function v1Call(secretId: string) {
  const pairs = {
    Action: "FuseFaceUltra",
    Version: "2022-09-27",
    Region: "ap-guangzhou",
    Timestamp: String(NOW),
    Nonce: "1",
    SecretId: secretId,
  };
  const text = v1StringToSign("GET", "a", Object.entries(pairs));
  const Signature = v1Signature(KEY.secretKey, "HmacSHA1", text);
  const query = new URLSearchParams({ ...pairs, Signature });
  const request = {
    method: "GET",
    target: `/?${query}`,
    headers: new Map([["host", "a"]]),
    body: Buffer.alloc(0),
    bodySha256: sha256Hex(""),
  };
  return readApiCall(request, true);
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "accepted";
  } catch (error) {
    assert.ok(isAppError(error), String(error));
    return error.reason;
  }
}

test("a SecretId of over 128 characters is never looked up, in either family", async () => {
  const asked: Asked = { ids: [], notes: [] };
  const long = `AKID${"x".repeat(125)}`;
  assert.equal(
    await reasonOf(authenticate(tc3Call(long), parts(asked))),
    "authorization-malformed",
  );
  assert.equal(await reasonOf(authenticate(v1Call(long), parts(asked))), "secret-id-not-found");
  assert.deepEqual(asked.ids, []);
  await authenticate(tc3Call(long.slice(0, 128)), parts(asked));
  assert.equal(asked.ids.length, 1);
});

test("only a signature that fits is noted, for as long as it is not too old", async () => {
  const asked: Asked = { ids: [], notes: [] };
  const wrong = authenticate(tc3Call("AKIDx", "other"), parts(asked));
  assert.equal(await reasonOf(wrong), "signature-mismatch");
  assert.equal(asked.notes.length, 0);
  const call = tc3Call("AKIDx");
  assert.equal(await reasonOf(authenticate(call, parts(asked))), "accepted");
  const [signature, endsAtMs] = asked.notes[0]!;
  assert.ok(call.request.headers.get("authorization")?.endsWith(`Signature=${signature}`));
  assert.equal(endsAtMs, (NOW + 301) * 1000);
  assert.equal(await reasonOf(authenticate(call, parts(asked))), "signature-replayed");
  const later = { nowMs: () => endsAtMs };
  assert.equal(await reasonOf(authenticate(call, parts(asked, later))), "signature-expired");
});

test("without a memory of signatures a call may come twice", async () => {
  const asked: Asked = { ids: [], notes: [] };
  const forgetful = parts(asked, { noteSignature: undefined });
  for (const call of [tc3Call("AKIDx"), v1Call("AKIDx")]) {
    assert.equal(await reasonOf(authenticate(call, forgetful)), "accepted");
    assert.equal(await reasonOf(authenticate(call, forgetful)), "accepted");
  }
});

test("a server without v1 signatures refuses them before it looks anything up", async () => {
  const asked: Asked = { ids: [], notes: [] };
  const modern = parts(asked, { allowsV1Signature: false });
  assert.equal(await reasonOf(authenticate(v1Call("AKIDx"), modern)), "signature-family-refused");
  assert.deepEqual(asked.ids, []);
  assert.equal(await reasonOf(authenticate(tc3Call("AKIDx"), modern)), "accepted");
});
