import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { sendRaw } from "../support/send-raw.ts";

/*
 * Calls by GET and by the older signatures, as each official client spells, orders and encodes its parameters. Clients
 * that need JSON are in official-clients.test.ts.
 */

let gateway: Gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway[Symbol.asyncDispose]());

const MODEL_URL = "https://a.example/t.png?a=1&b=~(2)*+%20 中'!";
const USER_URL = "https://a.example/u.png";

/** Not in the order of their names: some clients send them as a hash table has them. */
const PARAMETERS: readonly (readonly [name: string, value: string])[] = [
  ["RspImgType", "url"],
  ["MergeInfos.0.Url", USER_URL],
  ["ModelUrl", MODEL_URL],
  ["FusionUltraParam.WarpRadio", "0.5"],
  ["LogoAdd", "0"],
  ["SwapModelType", "4"],
];

type Encode = (text: string) => string;

const percent = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
const plusForBlank = (text: string): string => text.replaceAll("%20", "+");

/** How each language's library encodes a value. */
const ENCODE: Readonly<Record<string, Encode>> = {
  Node: encodeURIComponent,
  Python: (text) => plusForBlank(percent(encodeURIComponent(text), /[!'()*]/g)),
  Go: (text) => plusForBlank(percent(encodeURIComponent(text), /[!'()*]/g)),
  Java: (text) => plusForBlank(percent(encodeURIComponent(text), /[!'()~]/g)),
  Ruby: (text) => plusForBlank(percent(encodeURIComponent(text), /[!'()~]/g)),
  PHP: (text) => plusForBlank(percent(encodeURIComponent(text), /[!'()*~]/g)),
  ".NET": (text) => plusForBlank(percent(encodeURIComponent(text), /['~]/g)),
};

type Pairs = readonly (readonly [name: string, value: string])[];

const encoded = (pairs: Pairs, encode: Encode): string =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
const sortedPairs = (pairs: Pairs): Pairs =>
  pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
const nowSeconds = (): string => String(Math.floor(Date.now() / 1000));
const host = (): string => new URL(gateway.address).host;

const sha256 = (data: string): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac("sha256", key).update(data).digest();

/** Sends a request with these headers; returns what was made of it. */
async function told(line: string, headers: readonly string[], body = ""): Promise<string> {
  const head = [`${line} HTTP/1.1`, `Host: ${host()}`, ...headers, "Connection: close"];
  const answer = await sendRaw(gateway.address, `${head.join("\r\n")}\r\n\r\n${body}`);
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  const { Error: error } = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)).Response;
  return error?.Code ?? "accepted";
}

function assertArrived(): void {
  const { template, merges, options, ...job } = gateway.jobs.at(-1)!;
  assert.deepEqual(template, { kind: "url", url: MODEL_URL });
  assert.deepEqual(merges[0]?.user, { kind: "url", url: USER_URL });
  assert.deepEqual([options.reshapeStrength, options.modelType], [0.5, 4]);
  assert.equal("label" in job, false);
}

function tc3Authorization(query: string, time: string): string {
  const date = new Date(Number(time) * 1000).toISOString().slice(0, 10);
  const type = "application/x-www-form-urlencoded";
  const canonical = `GET\n/\n${query}\ncontent-type:${type}\nhost:${host()}\n\ncontent-type;host\n${sha256("")}`;
  const scope = `${date}/facefusion/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const { secretId, secretKey } = gateway.key;
  const key = [date, "facefusion", "tc3_request"].reduce<string | Buffer>(hmac, `TC3${secretKey}`);
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${hmac(key, text).toString("hex")}`;
}

for (const [client, encode] of Object.entries(ENCODE)) {
  // Go sorts its query; the others send what their tables give them.
  const pairs = client === "Go" ? sortedPairs(PARAMETERS) : PARAMETERS;
  test(`${client}: a TC3 call by GET arrives as it was meant`, async () => {
    const time = nowSeconds();
    const query = encoded(pairs, encode);
    const headers = [
      "Content-Type: application/x-www-form-urlencoded",
      "X-TC-Action: FuseFaceUltra",
      `X-TC-Timestamp: ${time}`,
      "X-TC-Version: 2022-09-27",
      "X-TC-Region: ap-guangzhou",
      `Authorization: ${tc3Authorization(query, time)}`,
      // A message with empty content, which a GET should not have.
      ...(client === ".NET" ? ["Content-Length: 0"] : []),
    ];
    assert.equal(await told(`GET /?${query}`, headers), "accepted");
    assertArrived();
  });
}

interface V1Quirk {
  readonly client: string;
  readonly method: "GET" | "POST";
  readonly hash: "HmacSHA1" | "HmacSHA256";
  /** Common parameters beside or instead of the usual ones; undefined leaves one out. */
  readonly common?: Readonly<Record<string, string | undefined>>;
  readonly target?: string;
  readonly type?: string;
  readonly signature?: (text: string) => string;
  /** Host as signed. */
  readonly signedHost?: () => string;
}

const QUIRKS: readonly V1Quirk[] = [
  {
    client: "Node",
    method: "POST",
    hash: "HmacSHA1",
    signedHost: () => host().replace(/:\d+$/, ""),
    common: { RequestClient: "SDK_NODEJS_4.1.313", Language: "en-US" },
  },
  {
    client: "Python",
    method: "GET",
    hash: "HmacSHA256",
    common: { RequestClient: "SDK_PYTHON_3.1.162", Nonce: "9223372036854775807" },
  },
  {
    client: "Go",
    method: "POST",
    hash: "HmacSHA256",
    common: { RequestClient: "SDK_GO_1.3.166", Language: "zh-CN" },
  },
  {
    client: "Java",
    method: "POST",
    hash: "HmacSHA1",
    type: "application/x-www-form-urlencoded; charset=utf-8",
    common: { RequestClient: "SDK_JAVA_3.1.1000" },
  },
  {
    client: "Ruby",
    method: "POST",
    hash: "HmacSHA1",
    signature: (text) => `${text}\n`,
    common: { RequestClient: "SDK_RUBY_1.0.68", Language: "zh-CN", Nonce: "4294967296" },
  },
  {
    client: ".NET",
    method: "POST",
    hash: "HmacSHA256",
    target: "/?",
    common: { RequestClient: "SDK_NET_3.0.1300" },
  },
];

/** The form of a v1 call; `signedPairs` are what is signed when it is not what is sent. */
function v1Form(quirk: V1Quirk, own: Pairs, signedPairs: Pairs = own): string {
  const common = Object.entries({
    Action: "FuseFaceUltra",
    Version: "2022-09-27",
    Region: "ap-guangzhou",
    Timestamp: nowSeconds(),
    Nonce: "11886",
    SecretId: gateway.key.secretId,
    SignatureMethod: quirk.hash,
    ...quirk.common,
  }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const joined = sortedPairs([...common, ...signedPairs])
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const text = `${quirk.method}${quirk.signedHost?.() ?? host()}/?${joined}`;
  const hash = quirk.hash === "HmacSHA1" ? "sha1" : "sha256";
  const plain = createHmac(hash, gateway.key.secretKey).update(text).digest("base64");
  const signature = quirk.signature?.(plain) ?? plain;
  return encoded([...own, ...common, ["Signature", signature]], ENCODE[quirk.client]!);
}

async function toldV1(quirk: V1Quirk, form: string): Promise<string> {
  if (quirk.method === "GET") return told(`GET /?${form}`, []);
  const type = quirk.type ?? "application/x-www-form-urlencoded";
  const headers = [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(form)}`];
  return told(`POST ${quirk.target ?? "/"}`, headers, form);
}

for (const quirk of QUIRKS) {
  test(`${quirk.client}: a call by ${quirk.method} with ${quirk.hash} arrives as it was meant`, async () => {
    assert.equal(await toldV1(quirk, v1Form(quirk, PARAMETERS)), "accepted");
    assertArrived();
  });

  test(`${quirk.client}: a call with ${quirk.hash} and an empty region is told to name one`, async () => {
    const nowhere = { ...quirk, common: { ...quirk.common, Region: "" } };
    assert.equal(await toldV1(nowhere, v1Form(nowhere, PARAMETERS)), "MissingParameter");
  });
}

test("PHP: lists cannot be signed with HmacSHA1, and the log says why", async () => {
  const quirk: V1Quirk = { client: "PHP", method: "POST", hash: "HmacSHA1" };
  const sentPairs: Pairs = [
    ["RspImgType", "url"],
    ["ModelUrl", MODEL_URL],
    ["MergeInfos[0][Url]", USER_URL],
  ];
  const signedPairs = [...sentPairs.slice(0, 2), ["MergeInfos", "Array"] as const];
  const form = v1Form(quirk, sentPairs, signedPairs);
  assert.equal(await toldV1(quirk, form), "AuthFailure.SignatureFailure");
  const { details } = gateway.log.at(-1) as { readonly details: Record<string, string> };
  assert.equal(details.why, "lists: signed as the word Array, as one client does; use TC3");
});

test("Go: empty values are left out of the form and of what is signed", async () => {
  const quirk: V1Quirk = { client: "Go", method: "GET", hash: "HmacSHA1" };
  assert.equal(await toldV1(quirk, v1Form(quirk, [...PARAMETERS, ["ModelImage", ""]])), "accepted");
  assert.equal(await toldV1(quirk, v1Form(quirk, PARAMETERS)), "accepted");
});

test("the SDKs' mode without a signature is refused", async () => {
  const headers = [
    "Content-Type: application/json",
    "X-TC-Action: FuseFaceUltra",
    `X-TC-Timestamp: ${nowSeconds()}`,
    "X-TC-Version: 2022-09-27",
    "X-TC-Region: ap-guangzhou",
    "Authorization: SKIP",
    "Content-Length: 2",
  ];
  assert.equal(await told("POST /", headers, "{}"), "AuthFailure.InvalidAuthorization");
});
