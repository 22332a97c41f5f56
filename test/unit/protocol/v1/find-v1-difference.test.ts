import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { verifyV1 } from "../../../../src/protocol/v1/verify-v1.ts";

const SECRET_KEY = "the-secret-key";
const HOST = "faces.example:8080";
const PAIRS: Readonly<Record<string, string>> = {
  Timestamp: "1700000000",
  Action: "FuseFaceUltra",
  Region: "ap-guangzhou",
  ModelUrl: "http://a.example/b c.png",
  Empty: "",
  "MergeInfos[0][Url]": "http://a.example/",
};

const joined = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join("&");
const sorted = Object.entries(PAIRS).toSorted(([a], [b]) => (a < b ? -1 : 1));
const TEXT = `GET${HOST}/?${joined(sorted)}`;

interface Signed {
  readonly text?: string;
  readonly hash?: "sha1" | "sha256";
  readonly secretKey?: string;
  readonly sent?: Readonly<Record<string, string>>;
  readonly spelled?: (signature: string) => string;
}

/** Signs a text, sends the request above, and returns what the log is told. */
function difference(signed: Signed): string {
  const { text = TEXT, hash = "sha1", secretKey = SECRET_KEY, spelled } = signed;
  const plain = createHmac(hash, secretKey).update(text).digest("base64");
  const pairs = new Map(Object.entries({ ...PAIRS, ...signed.sent }));
  pairs.set("Signature", spelled?.(plain) ?? plain);
  const headers = new Map([
    ["host", HOST],
    ["x-forwarded-host", "public.example"],
  ]);
  try {
    verifyV1({ method: "GET", headers, pairs }, SECRET_KEY);
    return "none";
  } catch (error) {
    assert.ok(isAppError(error), String(error));
    assert.equal(JSON.stringify(error.details).includes(SECRET_KEY), false);
    assert.match(String(error.details.stringToSignSha256), /^[\da-f]{64}$/);
    return String(error.details.why);
  }
}

/** A text whose signature has a `+`, for signatures are random. */
function textWithPlus(): Signed {
  for (let i = 0; ; i++) {
    const text = TEXT.replace("Empty=", `Empty=${i}`);
    const signature = createHmac("sha1", SECRET_KEY).update(text).digest("base64");
    if (signature.includes("+")) {
      return { text, sent: { Empty: String(i) }, spelled: (plain) => plain.replaceAll("+", " ") };
    }
  }
}

const withMethod = (name: string): string =>
  TEXT.replace("&Timestamp", `&SignatureMethod=${name}&Timestamp`);

for (const [name, told, signed] of [
  ["nothing", "none", {}],
  ["another method", "method: signed as POST, sent as GET", { text: TEXT.replace("GET", "POST") }],
  [
    "by another hash",
    "SignatureMethod: signed by HmacSHA256, sent as HmacSHA1",
    { hash: "sha256" },
  ],
  [
    "by another hash than it says",
    "SignatureMethod: signed by HmacSHA1, sent as HmacSHA256",
    { text: withMethod("HmacSHA256"), sent: { SignatureMethod: "HmacSHA256" } },
  ],
  [
    "all but the name of the hash",
    "SignatureMethod: sent but left out of the signed text",
    { sent: { SignatureMethod: "HmacSHA1" } },
  ],
  [
    "the host before a proxy",
    "host: signed as public.example, sent as faces.example:8080",
    { text: TEXT.replace(HOST, "public.example") },
  ],
  [
    "the original's host",
    "host: signed as facefusion.tencentcloudapi.com, sent as faces.example:8080",
    { text: TEXT.replace(HOST, "facefusion.tencentcloudapi.com") },
  ],
  [
    "the original's host in a region",
    "host: signed as facefusion.ap-guangzhou.tencentcloudapi.com, sent as faces.example:8080",
    { text: TEXT.replace(HOST, "facefusion.ap-guangzhou.tencentcloudapi.com") },
  ],
  [
    "values in percent-encoding",
    "values: signed percent-encoded",
    {
      text: `GET${HOST}/?${joined(sorted.map(([key, value]) => [key, encodeURIComponent(value)]))}`,
    },
  ],
  [
    "a plus that it sends as it is",
    "values: a + was sent without percent-encoding and read as a blank",
    { text: TEXT.replace("b c.png", "b+c.png") },
  ],
  [
    "no empty values",
    "values: empty ones left out of the signed text",
    { text: TEXT.replace("Empty=&", "") },
  ],
  [
    "a list as a word",
    "lists: signed as the word Array, as one client does; use TC3",
    { text: TEXT.replace("MergeInfos[0][Url]=http://a.example/", "MergeInfos=Array") },
  ],
  [
    "unsorted parameters",
    "parameters: signed in the order sent, not in that of their names",
    { text: `GET${HOST}/?${joined(Object.entries(PAIRS))}` },
  ],
  ["no path", "path: signed without /", { text: TEXT.replace("/?", "?") }],
  [
    "rightly and spoils the signature on the way",
    "Signature: its + was sent without percent-encoding and read as a blank",
    textWithPlus(),
  ],
  [
    "with a key read with its line break",
    "SecretKey: with a line break at its end",
    { secretKey: `${SECRET_KEY}\n` },
  ],
  [
    "with a key in TC3's form",
    "SecretKey: used with the prefix TC3",
    { secretKey: `TC3${SECRET_KEY}` },
  ],
  ["with another key", "SecretKey or a parameter", { secretKey: "another" }],
  ["another value", "SecretKey or a parameter", { text: `${TEXT}x` }],
] as readonly (readonly [name: string, told: string, signed: Signed])[]) {
  test(`a client that signs ${name} makes the log say: ${told}`, () => {
    assert.equal(difference(signed), told);
  });
}

test("a form of a megabyte is not signed a dozen times over for a guess", () => {
  const sent = { ModelImage: "A".repeat(1_000_000) };
  const text = `GET${HOST}/?${joined(
    Object.entries({ ...PAIRS, ...sent }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )}`;
  assert.equal(difference({ text, sent }), "none");
  assert.equal(difference({ text, sent, hash: "sha256" }), "SecretKey or a parameter");
});
