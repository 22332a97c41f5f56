import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import { generateKeyPair } from "../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import type { ClientKey, Tc3Options } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

/*
 * A call that is wrong in every way is told of one fault at a time, in the order of docs/errors.md: each step below
 * mends what was told before it.
 */

let gateway: Gateway;
let bound: ClientKey;
let frozen: ClientKey;
before(async () => {
  gateway = await startGateway();
  await using book = await createSqliteAccountBook(gateway.dataDir);
  const make = async (name: string, terms: object): Promise<ClientKey> => {
    const id = await book.create(name, { ...USUAL_TERMS, rates: {}, ...terms });
    const pair = generateKeyPair();
    await book.addPair(id, pair);
    return pair;
  };
  bound = await make("bound", { state: "frozen", allowedActions: [] });
  frozen = await make("frozen", { state: "frozen" });
});
after(() => gateway[Symbol.asyncDispose]());

const NOTHING = "Response without a message";

async function told(key: ClientKey, options: Tc3Options): Promise<string> {
  const answer = await sendTc3(gateway.address, key, options);
  assert.equal(answer.status, 200);
  const { Error: error } = envelopeOf(answer);
  return error === undefined ? "accepted" : `${error.Code} ${error.Message || NOTHING}`;
}

const UNKNOWN: ClientKey = { secretId: "AKIDunknown", secretKey: "x" };
const OLD = 1_700_000_000;

/** One mended fault a line: who calls, what is changed, and what is told then. */
const STEPS: readonly (readonly [
  change: Tc3Options & { readonly key?: () => ClientKey },
  told: RegExp,
])[] = [
  [{ method: "PUT", key: () => UNKNOWN }, /^UnsupportedProtocol /],
  [{ method: "POST", target: "/x?a" }, /^InvalidAction /],
  [{ target: "/", headers: { "X-TC-Timestamp": undefined } }, /^MissingParameter .*`Timestamp`/],
  [{ headers: { "X-TC-Timestamp": "1.5" } }, /^InvalidParameterValue .*`Timestamp`/],
  [{ headers: { "X-TC-Timestamp": String(OLD) } }, /^MissingParameter .*`Action`/],
  [{ headers: { "X-TC-Action": "Unknown" } }, /^MissingParameter .*`Version`/],
  [{ headers: { "X-TC-Version": "1999-01-01" } }, /^MissingParameter .*`Authorization`/],
  [{ authorization: () => "x" }, /^MissingParameter .*`Region`/],
  [{ headers: { "X-TC-Region": "no region" } }, /^AuthFailure\.InvalidAuthorization /],
  [{ authorization: (text) => text }, /^AuthFailure\.SecretIdNotFound /],
  [{ key: () => bound, signed: { payload: "x" } }, /^AuthFailure\.TokenFailure /],
  [{ headers: { "X-TC-Token": undefined } }, /^AuthFailure\.SignatureExpire /],
  [
    {
      headers: { "X-TC-Timestamp": undefined },
      timestamp: Math.floor(Date.now() / 1000),
    },
    /^AuthFailure\.SignatureFailure /,
  ],
  [{ signed: {} }, /^NoSuchVersion /],
  [{ headers: { "X-TC-Version": "2022-09-27" } }, /^InvalidAction /],
  [{ headers: { "X-TC-Action": "FuseFaceUltra" } }, /^AuthFailure\.UnauthorizedOperation /],
  [{ key: () => frozen }, /^InvalidParameterValue .*`X-TC-Region`/],
  [{ headers: { "X-TC-Region": "ap-guangzhou" } }, /^InvalidParameter .*not valid JSON/],
  [
    { body: JSON.stringify({ Foo: 1, LogoAdd: "1", SwapModelType: 99 }) },
    /^UnknownParameter .*`Foo`/,
  ],
  [{ body: JSON.stringify({ LogoAdd: "1", SwapModelType: 99 }) }, /^InvalidParameter .*`LogoAdd`/],
  [{ body: JSON.stringify({ SwapModelType: 99 }) }, /^MissingParameter .*`RspImgType`/],
  [
    { body: JSON.stringify({ RspImgType: "x", MergeInfos: [], SwapModelType: 99 }) },
    /^ResourceUnavailable\.Freeze /,
  ],
  [{ key: () => gateway.key }, /^FailedOperation\.ParameterValueError /],
];

test("of many faults the first in the documented order is told", async () => {
  let key: ClientKey = UNKNOWN;
  let options: Tc3Options = {
    body: "nonsense",
    timestamp: OLD,
    authorization: () => undefined,
    headers: {
      "X-TC-Action": undefined,
      "X-TC-Version": undefined,
      "X-TC-Region": undefined,
      "X-TC-Token": "t",
    },
  };
  for (const [{ key: makeKey, ...change }, expected] of STEPS) {
    key = makeKey?.() ?? key;
    const headers = { ...options.headers, ...change.headers };
    // Mended timestamps come from the client itself.
    if (change.timestamp !== undefined)
      delete (headers as Record<string, unknown>)["X-TC-Timestamp"];
    options = { ...options, ...change, headers };
    assert.match(await told(key, options), expected);
  }
});
