import assert from "node:assert/strict";
import { after, before } from "node:test";
import fc from "fast-check";
import { createCorpus } from "../support/corpus.ts";
import type { Gateway } from "../support/gateway.ts";
import { startGateway } from "../support/gateway.ts";
import { measureSlowdown } from "../support/machine-load.ts";
import type { Envelope } from "../support/tc3-client.ts";
import { envelopeOf, sendTc3 } from "../support/tc3-client.ts";

/** Ids are those of the project's corpus of JSON cases. */
const { test, report } = createCorpus("J", 25);

let gateway: Gateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway[Symbol.asyncDispose]());

const PICTURE = Buffer.from("a picture").toString("base64");
const VALID = {
  RspImgType: "base64",
  ModelImage: PICTURE,
  MergeInfos: [{ Image: PICTURE }],
};
const RECT = { X: 1, Y: 2, Width: 30, Height: 40 };

async function answerTo(body: unknown): Promise<Envelope> {
  const text = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await sendTc3(gateway.address, gateway.key, { body: text });
  assert.equal(answer.status, 200);
  return envelopeOf(answer);
}

async function toldOf(change: object | string | Buffer): Promise<string> {
  const isRaw = typeof change === "string" || Buffer.isBuffer(change);
  const { Error: error } = await answerTo(isRaw ? change : { ...VALID, ...change });
  return error === undefined ? "accepted" : `${error.Code} ${error.Message}`;
}

const VALUE_ERROR = "FailedOperation.ParameterValueError 参数字段或者值有误。";
const FUSION_ERROR = "FailedOperation.ParameterValueError FusionParam值不合法。";
const RECT_ERROR =
  "InvalidParameterValue.FaceRectParameterValueError 人脸框参数有误或者人脸框太小。";
const DECODE_ERROR = "FailedOperation.ImageDecodeFailed 人脸检测-图片解码失败。";
const SIZE_ERROR = "FailedOperation.ImageSizeExceed 输入图片base64数据大小超过5M。";
const MALFORMED = /^InvalidParameter Incorrect parameter: /;
const wrongType = (path: string, type: string): string =>
  `InvalidParameter The value type of parameter \`${path}\` is not valid, input type should be \`${type}\``;
const missing = (name: string): string =>
  `MissingParameter The request is missing a required parameter \`${name}\`.`;

const withParam = (param: object): object => ({ FusionUltraParam: param });
const withUserRect = (rect: object): object => ({
  MergeInfos: [{ Image: PICTURE, InputImageFaceRect: { ...RECT, ...rect } }],
});
const withLogo = (logo: object): object => ({ LogoParam: { LogoRect: RECT, ...logo } });
const merges = (count: number): object => ({
  MergeInfos: Array.from({ length: count }, () => ({ Image: PICTURE })),
});

const CASES: readonly (readonly [name: string, change: object | string, told: string | RegExp])[] =
  [
    ["J-01 an empty body", "", MALFORMED],
    ["J-02 null", "null", MALFORMED],
    ["J-03 an array", "[]", MALFORMED],
    ["J-04 a number", "1", MALFORMED],
    ["J-05 nine levels", `${"[".repeat(9)}${"]".repeat(9)}`, MALFORMED],
    ["J-05 seventeen levels", `${"[".repeat(17)}${"]".repeat(17)}`, MALFORMED],
    [
      "J-06 two thousand and one keys",
      `{${Array.from({ length: 2001 }, (_, i) => `"k${i}":1`).join()}}`,
      MALFORMED,
    ],
    ["J-07 a prototype's name", '{"__proto__":{}}', /^UnknownParameter .*`__proto__`/],
    ["J-08 a repeated key", '{"RspImgType":"url","RspImgType":"url"}', MALFORMED],
    [
      "J-09 a number beyond all bounds",
      '{"RspImgType":"url","MergeInfos":[],"FusionUltraParam":{"WarpRadio":1e400}}',
      wrongType("FusionUltraParam.WarpRadio", "float"),
    ],
    ["J-09 NaN", '{"FusionUltraParam":{"WarpRadio":NaN}}', MALFORMED],
    ["J-10 a byte order mark", `\ufeff${JSON.stringify(VALID)}`, MALFORMED],
    ["J-01 blanks only", "  \n ", MALFORMED],
    ["J-03 a text", '"x"', MALFORMED],
    [
      "J-07 a constructor's prototype",
      '{"constructor":{"prototype":{}}}',
      /^UnknownParameter .*`constructor`/,
    ],
    [
      "J-07 a method's name",
      { FusionUltraParam: { hasOwnProperty: 1 } },
      /^UnknownParameter .*hasOwnProperty/,
    ],
    [
      "J-08 a repeated key, once escaped",
      '{"RspImgType":"url","\\u0052spImgType":"url"}',
      MALFORMED,
    ],
    ["J-08 a repeated key further in", '{"MergeInfos":[{"Url":"a","Url":"b"}]}', MALFORMED],
    ...["-1e400", "0x10", "01", "+1", "1.", ".5", "Infinity"].map(
      (number) =>
        [`J-09 the number ${number}`, `{"SwapModelType":${number}}`, /^InvalidParameter /] as const,
    ),
    ["J-09 a tiny number", withParam({ WarpRadio: 1e-320 }), "accepted"],
    ["J-09 minus zero", withParam({ WarpRadio: -0 }), "accepted"],
    [
      "J-09 a number past all exact ones",
      { SwapModelType: 2 ** 53 + 2 },
      /^(InvalidParameter|FailedOperation\.ParameterValueError) /,
    ],
    ["J-09 a million digits", `{"SwapModelType":${"9".repeat(1_000_000)}}`, /^InvalidParameter /],
    ["J-11 a remark", '{"RspImgType":"url"/* x */}', MALFORMED],
    ["J-11 single quotes", "{'RspImgType':'url'}", MALFORMED],
    ["J-11 a comma at the end", '{"RspImgType":"url",}', MALFORMED],
    ["J-11 two documents", '{"RspImgType":"url"}{}', MALFORMED],
    ["J-13 ten thousand MergeInfos", merges(10_000), MALFORMED],
    ["J-17 SwapModelType 99", { SwapModelType: 99 }, VALUE_ERROR],
    ["J-18 a corner of 2^53", withUserRect({ X: 2 ** 53 - 1 }), "accepted"],
    ["J-20 blanks within a line", { ModelImage: "QU FB" }, DECODE_ERROR],
    ["J-20 a length that cannot be", { ModelImage: "QUFBA" }, DECODE_ERROR],
    ["J-20 too much padding", { ModelImage: "QUFB=" }, DECODE_ERROR],
    ["J-12 RspImgType missing", { RspImgType: undefined }, missing("RspImgType")],
    ["J-12 RspImgType null", { RspImgType: null }, missing("RspImgType")],
    ["J-12 RspImgType empty", { RspImgType: "" }, VALUE_ERROR],
    ["J-12 RspImgType a number", { RspImgType: 1 }, wrongType("RspImgType", "string")],
    ["J-12 MergeInfos missing", { MergeInfos: undefined }, missing("MergeInfos")],
    ["J-12 MergeInfos an object", { MergeInfos: {} }, wrongType("MergeInfos", "array")],
    ["J-12 ModelImage a number", { ModelImage: 1 }, wrongType("ModelImage", "string")],
    ["J-12 LogoAdd a text", { LogoAdd: "1" }, wrongType("LogoAdd", "integer")],
    ["J-12 LogoAdd a fraction", { LogoAdd: 1.5 }, wrongType("LogoAdd", "integer")],
    ["J-12 LogoAdd true", { LogoAdd: true }, wrongType("LogoAdd", "integer")],
    [
      "J-12 SwapModelType a fraction",
      { SwapModelType: 1.5 },
      wrongType("SwapModelType", "integer"),
    ],
    ["J-12 FusionUltraParam an array", withParam([]), wrongType("FusionUltraParam", "object")],
    ["J-13 no MergeInfos", merges(0), VALUE_ERROR],
    ["J-13 one", merges(1), "accepted"],
    ["J-13 six", merges(6), "accepted"],
    ["J-13 seven", merges(7), VALUE_ERROR],
    ["J-13 an empty MergeInfo", { MergeInfos: [{}] }, VALUE_ERROR],
    ["J-13 a nested array", { MergeInfos: [[]] }, wrongType("MergeInfos.0", "object")],
    ["J-14 neither ModelUrl nor ModelImage", { ModelImage: undefined }, VALUE_ERROR],
    ["J-14 an empty ModelImage", { ModelImage: "" }, VALUE_ERROR],
    ["J-15 WarpRadio under 0", withParam({ WarpRadio: -0.01 }), FUSION_ERROR],
    ["J-15 WarpRadio 0", withParam({ WarpRadio: 0 }), "accepted"],
    ["J-15 WarpRadio 1", withParam({ WarpRadio: 1 }), "accepted"],
    ["J-15 WarpRadio just over 1", withParam({ WarpRadio: 1.0000001 }), FUSION_ERROR],
    ["J-15 WarpRadio 1.2", withParam({ WarpRadio: 1.2 }), FUSION_ERROR],
    [
      "J-15 WarpRadio a text",
      withParam({ WarpRadio: "0.5" }),
      wrongType("FusionUltraParam.WarpRadio", "float"),
    ],
    ["J-15 WarpRadio null", withParam({ WarpRadio: null }), "accepted"],
    ["J-16 TeethEnhanceRadio 0.5", withParam({ TeethEnhanceRadio: 0.5 }), FUSION_ERROR],
    ["J-16 TeethEnhanceRadio 2", withParam({ TeethEnhanceRadio: 2 }), FUSION_ERROR],
    ["J-16 MakeupTransferRadio 2", withParam({ MakeupTransferRadio: 2 }), FUSION_ERROR],
    ["J-16 BlurRadio of any value", withParam({ BlurRadio: 7 }), "accepted"],
    ["J-17 SwapModelType 0", { SwapModelType: 0 }, VALUE_ERROR],
    ...[1, 2, 3, 4, 5, 6].map(
      (type) => [`J-17 SwapModelType ${type}`, { SwapModelType: type }, "accepted"] as const,
    ),
    ["J-17 SwapModelType 7", { SwapModelType: 7 }, VALUE_ERROR],
    ["J-18 a negative corner", withUserRect({ X: -1 }), RECT_ERROR],
    ["J-18 a side of 29 px", withUserRect({ Width: 29 }), RECT_ERROR],
    ["J-18 a side of 30 px", withUserRect({ Width: 30 }), "accepted"],
    ["J-18 a side of 2^31 px", withUserRect({ Height: 2 ** 31 }), RECT_ERROR],
    [
      "J-18 a fraction",
      withUserRect({ X: 0.5 }),
      wrongType("MergeInfos.0.InputImageFaceRect.X", "integer"),
    ],
    ["J-18 a missing side", withUserRect({ Width: undefined }), missing("Width")],
    ["J-18 a logo of no width", withLogo({ LogoRect: { ...RECT, Width: 0 } }), RECT_ERROR],
    ["J-18 a logo of 2161 px", withLogo({ LogoRect: { ...RECT, Width: 2161 } }), RECT_ERROR],
    ["J-18 a logo without its place", { LogoParam: { LogoImage: PICTURE } }, missing("LogoRect")],
    ["J-19 RspImgType in upper case", { RspImgType: "URL" }, VALUE_ERROR],
    ["J-19 RspImgType an array", { RspImgType: ["url"] }, wrongType("RspImgType", "string")],
    ["J-19 RspImgType with a blank behind a capital", { RspImgType: " Url" }, VALUE_ERROR],
    ["J-19 RspImgType with a blank", { RspImgType: "base64 " }, VALUE_ERROR],
    ["J-20 a data URL", { ModelImage: `data:image/png;base64,${PICTURE}` }, "accepted"],
    ["J-20 the URL-safe alphabet", { ModelImage: `-_${PICTURE.slice(2)}` }, DECODE_ERROR],
    ["J-20 line breaks", { ModelImage: PICTURE.replace(/(.{4})/g, "$1\r\n") }, "accepted"],
    ["J-20 no padding", { ModelImage: "QQ" }, "accepted"],
    ["J-20 other characters", { MergeInfos: [{ Image: "!!!!" }] }, DECODE_ERROR],
    [
      "J-23 a name full of tricks",
      { "\r\n\u001b[31m${jndi:x}<script>": 1 },
      /^UnknownParameter .*`\?\?\?\[31m\$\?jndi:x\?\?script\?`/,
    ],
    [
      "an unknown name in a MergeInfo",
      { MergeInfos: [{ Foo: 1 }] },
      /^UnknownParameter .*`MergeInfos\.0\.Foo`/,
    ],
  ];

for (const [name, change, told] of CASES) {
  test(`${name}: ${String(told)}`, async () => {
    const answer = await toldOf(change);
    if (typeof told === "string") assert.equal(answer, told);
    else assert.match(answer, told);
  });
}

for (const [name, bytes] of [
  ["UTF-16", Buffer.from(JSON.stringify(VALID), "utf16le")],
  ["an overlong form", Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
  ["half a character", Buffer.from([0x7b, 0x22, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
] as const) {
  test(`J-10 ${name} is refused`, async () => assert.match(await toldOf(bytes), MALFORMED));
}

for (const [name, url] of [
  ["a NUL", "http://a/\0"],
  ["half a surrogate pair", "http://a/\ud800"],
  ["a change of direction", "http://a/\u202e"],
  ["an emoji", "http://a/\u{1f600}"],
] as const) {
  test(`J-10 ${name} in a URL harms nobody`, async () => {
    assert.doesNotMatch(await toldOf({ ModelUrl: url }), /Internal|Inner/);
  });
}

test("J-24 a URL in either Unicode form reaches the job as it was sent", async () => {
  for (const form of ["NFC", "NFD"] as const) {
    const url = `http://example.com/${"\u00e9".normalize(form)}.png`;
    assert.equal(await toldOf({ ModelUrl: url }), "accepted");
    assert.deepEqual(gateway.jobs.at(-1)?.template, { kind: "url", url });
  }
});

test("J-11 a body that is cut at any byte is refused", async () => {
  const text = JSON.stringify(VALID);
  for (let length = 1; length < text.length; length++) {
    assert.match(await toldOf(text.slice(0, length)), MALFORMED, `${length} bytes`);
  }
});

/** 10 MB of each, signed correctly: made to hold up whoever parses first and looks later. */
const HOSTILE: readonly (readonly [name: string, body: () => string])[] = [
  ["J-05 a depth of a hundred thousand", () => "[".repeat(100_000)],
  ["J-05 a depth of five million", () => `${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}`],
  ["J-06 empty arrays", () => `[${"[],".repeat(3_300_000)}[]]`],
  ["J-06 a million keys", () => `{${Array.from({ length: 1e6 }, (_, i) => `"${i}":1`).join()}}`],
  ["J-06 blanks", () => " ".repeat(10_000_000)],
  ["J-06 digits", () => "1".repeat(10_000_000)],
  ["J-06 backslashes", () => `{"a":"${"\\\\".repeat(5_000_000)}"}`],
  ["J-06 escaped quotes", () => `{"a":"${'\\"'.repeat(5_000_000)}"}`],
];

for (const [name, makeBody] of HOSTILE) {
  test(`${name}: refused within 100 ms`, async (t) => {
    const body = makeBody();
    const times: number[] = [];
    // The best of three: what else the machine does is not measured here.
    for (let i = 0; i < 3; i++) {
      assert.match(await toldOf(body), /^(InvalidParameter|UnknownParameter) /);
      times.push(Number(gateway.log.findLast((line) => "durationMs" in line)?.durationMs));
    }
    t.diagnostic(`${times.join(", ")} ms, hashing of the body included`);
    const least = Math.min(...times);
    assert.ok(least <= 100 || least / measureSlowdown() <= 100, `${times.join(" and ")} ms`);
  });
}

/** Every field with its type, and a call in which all of them stand. */
const FIELDS: readonly (readonly [path: string, type: string, isRequired?: boolean])[] = [
  ["RspImgType", "string", true],
  ["ModelUrl", "string"],
  ["ModelImage", "string"],
  ["MergeInfos", "array", true],
  ["MergeInfos.0", "object"],
  ["MergeInfos.0.Url", "string"],
  ["MergeInfos.0.Image", "string"],
  ["MergeInfos.0.TemplateFaceID", "string"],
  ...[
    "MergeInfos.0.InputImageFaceRect",
    "MergeInfos.0.TemplateFaceRect",
    "LogoParam.LogoRect",
  ].flatMap((rect) => [
    [rect, "object", rect.startsWith("Logo")] as const,
    ...["X", "Y", "Width", "Height"].map((side) => [`${rect}.${side}`, "integer", true] as const),
  ]),
  ["FusionUltraParam", "object"],
  ...[
    "WarpRadio",
    "EnhanceRadio",
    "MpRadio",
    "BlurRadio",
    "TeethEnhanceRadio",
    "MakeupTransferRadio",
  ].map((name) => [`FusionUltraParam.${name}`, "float"] as const),
  ["LogoAdd", "integer"],
  ["LogoParam", "object"],
  ["LogoParam.LogoUrl", "string"],
  ["LogoParam.LogoImage", "string"],
  ["SwapModelType", "integer"],
];
const FULL = {
  ...VALID,
  ModelUrl: "http://example.com/a.png",
  MergeInfos: [
    {
      Image: PICTURE,
      Url: "http://example.com/b.png",
      TemplateFaceID: "x",
      InputImageFaceRect: RECT,
      TemplateFaceRect: RECT,
    },
  ],
  FusionUltraParam: { WarpRadio: 1 },
  LogoAdd: 1,
  LogoParam: { LogoRect: RECT, LogoUrl: "http://example.com/c.png", LogoImage: PICTURE },
  SwapModelType: 1,
};
const VALUES: readonly (readonly [kind: string, value: unknown])[] = [
  ["string", "x".repeat(100_000)],
  ["integer", 1],
  ["float", 0.5],
  ["boolean", true],
  ["array", [1]],
  ["object", {}],
];

function withValue(path: string, value: unknown): object {
  const copy = JSON.parse(JSON.stringify(FULL)) as Record<string, unknown>;
  const names = path.split(".");
  const last = names.pop()!;
  const parent = names.reduce((node, name) => node[name] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

for (const [path, type, isRequired = false] of FIELDS) {
  const fits = (kind: string): boolean => kind === type || (type === "float" && kind === "integer");
  for (const [kind, value] of VALUES) {
    if (fits(kind)) continue;
    test(`J-12 ${path} of the type ${kind} is told its path and type, and no value`, async () => {
      assert.equal(await toldOf(withValue(path, value)), wrongType(path, type));
    });
  }
  test(`J-12 ${path} null is the same as not given`, async () => {
    const told = await toldOf(withValue(path, null));
    if (isRequired) assert.equal(told, missing(path.split(".").at(-1)!));
    // An entry of a list cannot be left out.
    else if (path.endsWith(".0")) assert.equal(told, wrongType(path, type));
    else assert.doesNotMatch(told, /^(InvalidParameter|MissingParameter|Internal)/);
  });
}

test("J-10 bytes that are no UTF-8 are refused", async () => {
  assert.match(await toldOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), MALFORMED);
});

test("J-20 base64 of exactly 10 MiB is taken and one character more is not", async () => {
  const most = "A".repeat(10 * 1024 * 1024);
  assert.equal(await toldOf({ ModelImage: most }), "accepted");
  assert.equal(await toldOf({ ModelImage: `${most}AAAA` }), SIZE_ERROR);
});

test("J-21 other content types are refused in the gateway's words", async () => {
  for (const type of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]) {
    const options = { body: JSON.stringify(VALID), headers: { "Content-Type": type } };
    const { Error: error } = envelopeOf(await sendTc3(gateway.address, gateway.key, options));
    assert.deepEqual(error, {
      Code: "UnsupportedProtocol",
      Message: `this action does not support Content-Type=\`${type}\``,
    });
  }
});

test("J-21 no content type at all cannot have been signed", async () => {
  const options = { body: JSON.stringify(VALID), headers: { "Content-Type": undefined } };
  const { Error: error } = envelopeOf(await sendTc3(gateway.address, gateway.key, options));
  assert.equal(error?.Code, "AuthFailure.SignatureFailure");
});

test("J-21 a content type that is none is the caller's fault", async () => {
  for (const type of ["applicat\u00e9on/json", "json", ";", "application/json;\u00e9"]) {
    const options = { body: JSON.stringify(VALID), headers: { "Content-Type": type } };
    const { Error: error } = envelopeOf(await sendTc3(gateway.address, gateway.key, options));
    assert.match(
      error?.Code ?? "accepted",
      /^(UnsupportedProtocol|accepted|AuthFailure.SignatureFailure)$/,
    );
  }
});

test("J-22 a compressed body is refused", async () => {
  for (const encoding of ["gzip", "br", "deflate"]) {
    const options = { body: "x", headers: { "Content-Encoding": encoding } };
    const { Error: error } = envelopeOf(await sendTc3(gateway.address, gateway.key, options));
    assert.equal(error?.Code, "UnsupportedProtocol");
  }
});

test("J-23 a name of 64 KB is repeated in 64 characters, to the caller and in one line of the log", async () => {
  const name = "\r\n\u001b[31m$\u007bjndi:ldap://x}<script>\u0000".padEnd(65_536, "n");
  const before = gateway.log.length;
  const told = await toldOf({ [name]: 1 });
  const shown = /`(.*)`/.exec(told)?.[1] ?? "";
  assert.match(shown, /^[\x20-\x7e]{64}\.\.\.$/);
  assert.equal(gateway.log.length, before + 1);
  const { details } = gateway.log.at(-1) as { readonly details: { readonly parameter: string } };
  assert.equal(details.parameter, shown);
});

test("J-25 any JSON is accepted or refused with a documented code", async () => {
  const fields = fc.constantFrom(...Object.keys(VALID), "FusionUltraParam", "LogoAdd", "LogoParam");
  const bodies = fc
    .dictionary(fields, fc.jsonValue({ maxDepth: 4 }))
    .map((mutation) => ({ ...VALID, ...mutation }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bodies, fc.jsonValue()), async (body) => {
      const { Error: error } = await answerTo(JSON.stringify(body));
      assert.doesNotMatch(error?.Code ?? "", /Internal|Inner/);
    }),
    { numRuns: 5_000 },
  );
});

async function jobOf(change: object): Promise<unknown> {
  assert.equal(await toldOf(change), "accepted");
  return gateway.jobs.at(-1);
}

const BYTES = { kind: "bytes", bytes: Buffer.from("a picture") };
const ORDERED = {
  template: BYTES,
  merges: [{ user: BYTES }],
  options: {
    modelType: 1,
    reshapeStrength: 0.7,
    enhanceStrength: 0.5,
    smoothStrength: 0.5,
    enhanceTeeth: true,
    transferMakeup: false,
  },
  label: {},
  delivery: "base64",
};

async function assertOrdered(change: object, expected: object): Promise<void> {
  const { requestId, accountId, ...job } = (await jobOf(change)) as Record<string, unknown>;
  assert.equal(typeof requestId, "string");
  assert.equal(typeof accountId, "string");
  assert.deepEqual(job, { ...ORDERED, ...expected });
}

test("a call that says little is ordered with the recommended values", async () => {
  await assertOrdered({}, {});
});

test("every parameter arrives in our own words", async () => {
  await assertOrdered(
    {
      RspImgType: "url",
      FusionUltraParam: {
        WarpRadio: 0.1,
        EnhanceRadio: 0.2,
        MpRadio: 0.3,
        TeethEnhanceRadio: 0,
        MakeupTransferRadio: 1,
      },
      SwapModelType: 4,
      MergeInfos: [
        { Image: PICTURE, InputImageFaceRect: RECT, TemplateFaceRect: { ...RECT, X: 9 } },
      ],
      LogoParam: { LogoRect: { ...RECT, X: 0 }, LogoUrl: "http://example.com/logo.png" },
    },
    {
      delivery: "url",
      options: {
        modelType: 4,
        reshapeStrength: 0.1,
        enhanceStrength: 0.2,
        smoothStrength: 0.3,
        enhanceTeeth: false,
        transferMakeup: true,
      },
      merges: [
        {
          user: BYTES,
          userFaceRect: { x: 1, y: 2, width: 30, height: 40 },
          templateFaceRect: { x: 9, y: 2, width: 30, height: 40 },
        },
      ],
      label: {
        rect: { x: 0, y: 2, width: 30, height: 40 },
        image: { kind: "url", url: "http://example.com/logo.png" },
      },
    },
  );
});

test("J-14 a URL wins over base64, even over base64 that is none", async () => {
  await assertOrdered(
    { ModelUrl: "http://example.com/a.png", ModelImage: "!" },
    { template: { kind: "url", url: "http://example.com/a.png" } },
  );
});

test("J-16 LogoAdd 0 means no label, any other number means one", async () => {
  const {
    requestId: _,
    accountId: __,
    ...job
  } = (await jobOf({ LogoAdd: 0 })) as typeof ORDERED & {
    requestId: string;
    accountId: string;
  };
  assert.equal("label" in job, false);
  for (const value of [1, 2, -1, 2 ** 31]) await assertOrdered({ LogoAdd: value }, {});
});

test("the older edition's defaults are a setting", async () => {
  await using older = await startGateway({ environment: { FACELOOM_DEFAULTS_EDITION: "2024-11" } });
  await sendTc3(older.address, older.key, { body: JSON.stringify(VALID) });
  const { options } = older.jobs[0]!;
  assert.equal(options.enhanceStrength, 1);
  assert.equal(options.smoothStrength, 1);
});

test("J-07 nobody's prototype was changed by all of this", () => {
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

report();
