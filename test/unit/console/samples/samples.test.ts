import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { z } from "zod";
import type { SampleCall } from "../../../../console/src/samples/sample-call.ts";
import { prepareCall } from "../../../../console/src/samples/sample-call.ts";
import { SAMPLE_LANGUAGES } from "../../../../console/src/samples/sample-languages.ts";
import type { SampleObject, SampleValue } from "../../../../console/src/samples/sample-value.ts";
import { readMembers } from "../../../../console/src/samples/sample-value.ts";
import { FUSE_FACE_PARAMETERS } from "../../../../src/actions/fuse-face-parameters.ts";
import { FUSE_FACE_ULTRA_PARAMETERS } from "../../../../src/actions/fuse-face-ultra-parameters.ts";
import { memberSchema, plainSchema } from "../../../../src/protocol/parameter-schema.ts";

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(400, 1)]);
const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(400, 2)]);

/** Quotes, escapes and variables of every language at once. */
const ODD = `https://e.com/a?b=$HOME&c=$(id)\`id\`'"\\#{1}\${2}%s中`;

const CALLS: Readonly<Record<string, SampleCall>> = {
  FuseFaceUltra: {
    origin: "http://127.0.0.1:8080",
    region: "ap-guangzhou",
    action: "FuseFaceUltra",
    version: "2022-09-27",
    parameters: {
      RspImgType: "base64",
      ModelImage: JPEG.toString("base64"),
      MergeInfos: [
        {
          Image: PNG.toString("base64"),
          InputImageFaceRect: { X: 1, Y: 2, Width: 30, Height: 40 },
          TemplateFaceRect: { X: 10, Y: 20, Width: 300, Height: 400 },
        },
        { Url: ODD, Image: null },
      ],
      FusionUltraParam: { WarpRadio: 0.6, TeethEnhanceRadio: 1 },
      LogoAdd: 1,
      LogoParam: { LogoUrl: "https://e.com/l.png", LogoRect: { X: 0, Y: 0, Width: 3, Height: 4 } },
      SwapModelType: 4,
    },
  },
  FuseFace: {
    origin: "https://faces.example.com",
    region: "ap-shanghai",
    action: "FuseFace",
    version: "2022-09-27",
    parameters: {
      ProjectId: "at_1",
      ModelId: "mt_1",
      RspImgType: "url",
      MergeInfos: [{ Url: "https://e.com/u.jpg", TemplateFaceID: "mt_1_1" }],
      FuseProfileDegree: 50,
      FuseParam: { ImageCodecParam: { MetaData: [{ MetaKey: "k\n\u0001", MetaValue: "v😀" }] } },
    },
  },
  DescribeMaterialList: {
    origin: "http://localhost:9000",
    region: "ap-guangzhou",
    action: "DescribeMaterialList",
    version: "2022-09-27",
    parameters: { ActivityId: "at_1", Limit: 10 },
  },
};

/** What checks a language's syntax without its client, by the language's id. */
const CHECKERS: Readonly<Record<string, (file: string) => readonly [string, ...string[]]>> = {
  python: (file) => ["python3", "-m", "py_compile", file],
  php: (file) => ["php", "-l", file],
  ruby: (file) => ["ruby", "-c", file],
  node: (file) => [process.execPath, "--check", file],
  tccli: (file) => ["bash", "-n", file],
  curl: (file) => ["bash", "-n", file],
};

function has(program: string): boolean {
  return spawnSync(program, ["--version"]).error === undefined;
}

/** All texts, numbers and member names of a call's parameters, pictures left out. */
function leaves(value: unknown): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value !== "object") return String(value).length > 200 ? [] : [String(value)];
  return Object.entries(value).flatMap(([name, member]) =>
    member === null ? [] : [name, ...leaves(member)],
  );
}

for (const [action, call] of Object.entries(CALLS)) {
  const prepared = prepareCall(call);
  for (const language of SAMPLE_LANGUAGES) {
    const code = language.write(prepared);

    test(`${language.name} for ${action} names server, region, key variables and every parameter`, () => {
      const { host, hostname } = new URL(call.origin);
      // C++ takes no endpoint without a dot.
      const endpoint = language.id === "cpp" ? host.replace("localhost", "127.0.0.1") : host;
      for (const text of [
        hostname === "localhost" ? endpoint : host,
        call.region,
        call.action,
        "TENCENTCLOUD_SECRET_ID",
        "TENCENTCLOUD_SECRET_KEY",
      ]) {
        assert.ok(code.includes(text), `${text} is missing`);
      }
      for (const leaf of leaves(call.parameters).filter((text) => /^[\w:/.-]+$/.test(text))) {
        assert.ok(code.includes(leaf), `${leaf} is missing`);
      }
    });

    test(`${language.name} for ${action} reads pictures from files and carries none`, () => {
      for (const file of prepared.files) {
        assert.ok(code.includes(file.name));
        assert.equal(code.includes(file.base64.slice(0, 100)), false);
      }
    });

    const checker = CHECKERS[language.id];
    if (checker === undefined) continue;
    const [program, ...rest] = checker(language.file);
    test(`${language.name} for ${action} is of correct syntax`, {
      skip: has(program) ? false : `${program} is not installed`,
    }, () => {
      const folder = mkdtempSync(path.join(tmpdir(), "faceloom-sample-"));
      try {
        writeFileSync(path.join(folder, language.file), code);
        const { status, stderr } = spawnSync(program, rest, { cwd: folder, encoding: "utf8" });
        assert.equal(status, 0, stderr);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
}

test("Go comes as gofmt formats it", {
  skip: has("gofmt") ? false : "gofmt is not installed",
}, () => {
  const go = SAMPLE_LANGUAGES.find(({ id }) => id === "go")!;
  for (const call of Object.values(CALLS)) {
    const code = go.write(prepareCall(call));
    const { stdout, status, stderr } = spawnSync("gofmt", [], { input: code, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, code);
  }
});

test("files are named for what they show, by their format, each picture once", () => {
  const jpeg = JPEG.toString("base64");
  const png = PNG.toString("base64");
  const { files, members } = readMembers({
    ModelImage: jpeg,
    MergeInfos: [{ Image: png }, { Image: jpeg }, { Image: `data:image/jpeg;base64,${png}=` }],
  });
  assert.deepEqual(
    files.map((file) => file.name),
    ["template.jpg", "user-1.png", "user-2.png"],
  );
  const merges = members.members[1]![1];
  assert.ok(merges.kind === "list" && merges.items[1]?.kind === "object");
  const second = merges.items[1].members[0]![1];
  assert.equal(second.kind === "file" && second.name, "template.jpg");
});

test("short texts stay where they are, base64 or not", () => {
  const { files } = readMembers({ ModelImage: "QUFBQQ==", ProjectId: "at_1".repeat(100) });
  assert.deepEqual(files, []);
});

for (const [action, schema] of [
  ["FuseFaceUltra", FUSE_FACE_ULTRA_PARAMETERS],
  ["FuseFace", FUSE_FACE_PARAMETERS],
] as const) {
  test(`numbers of ${action} have the types of the schema that checks them`, () => {
    const check = (value: SampleValue, type: z.ZodType | undefined, at: string): void => {
      if (value.kind === "object") {
        for (const [name, member] of value.members) {
          check(member, memberSchema(type, name), `${at}.${name}`);
        }
      } else if (value.kind === "list") {
        for (const item of value.items) check(item, memberSchema(type, 0), at);
      } else if (value.kind === "integer" || value.kind === "float") {
        const plain = plainSchema(type);
        assert.ok(plain instanceof z.ZodNumber, `${at} is a number in the schema`);
        assert.equal(value.kind === "integer", plain.format === "safeint", at);
      }
    };
    const wholeNumbers = sampleOf(schema);
    check(readMembers(wholeNumbers).members as SampleObject, schema, action);
  });
}

/** Makes parameters with a value for every member of a schema; all numbers are 1. */
function sampleOf(schema: z.ZodObject): Record<string, unknown> {
  const valueFrom = (type: z.ZodType | undefined): unknown => {
    const plain = plainSchema(type);
    if (plain instanceof z.ZodArray) return [valueFrom(plain.element as z.ZodType)];
    if (plain instanceof z.ZodObject) return sampleOf(plain);
    return plain instanceof z.ZodNumber ? 1 : "x";
  };
  return Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, valueFrom(memberSchema(schema, name))]),
  );
}

test("Ruby goes through the server as a proxy where the server has a port of its own", () => {
  const ruby = SAMPLE_LANGUAGES.find(({ id }) => id === "ruby")!;
  const own = ruby.write(prepareCall(CALLS.FuseFaceUltra!));
  assert.match(own, /ENV\['http_proxy'\] = 'http:\/\/127\.0\.0\.1:8080'/);
  assert.match(own, /http\.endpoint = 'facefusion\.tencentcloudapi\.com'/);
  const usual = ruby.write(prepareCall(CALLS.FuseFace!));
  assert.doesNotMatch(usual, /http_proxy/);
  assert.match(usual, /http\.endpoint = 'faces\.example\.com'/);
});

const SMALL: SampleCall = {
  ...CALLS.FuseFaceUltra!,
  parameters: {
    RspImgType: "url",
    ModelUrl: "https://e.com/t.jpg",
    MergeInfos: [{ Url: "https://e.com/u.jpg" }],
    FusionUltraParam: { WarpRadio: 1 },
  },
};

/** Lines that the compiled languages without a checker here must have, in this order. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  java: [
    'http.setProtocol("http://");',
    'http.setEndpoint("127.0.0.1:8080");',
    "MergeInfo mergeInfo = new MergeInfo();",
    'mergeInfo.setUrl("https://e.com/u.jpg");',
    "FusionUltraParam fusionUltraParam = new FusionUltraParam();",
    "fusionUltraParam.setWarpRadio(1.0f);",
    "FuseFaceUltraRequest request = new FuseFaceUltraRequest();",
    "request.setMergeInfos(new MergeInfo[] {mergeInfo});",
    "request.setFusionUltraParam(fusionUltraParam);",
    "FuseFaceUltraResponse answer = client.FuseFaceUltra(request);",
    "System.out.println(answer.getFusedImage());",
  ],
  dotnet: [
    'Protocol = "http://",',
    'Endpoint = "127.0.0.1:8080",',
    "new ClientProfile(ClientProfile.SIGN_TC3SHA256, http)",
    "MergeInfos = new MergeInfo[]",
    'Url = "https://e.com/u.jpg",',
    "WarpRadio = 1f,",
    "await client.FuseFaceUltra(request);",
  ],
  cpp: [
    "#include <tencentcloud/facefusion/v20220927/model/FusionUltraParam.h>",
    "http.SetProtocol(HttpProfile::Scheme::HTTP);",
    'http.SetEndpoint("127.0.0.1:8080");',
    'mergeInfo.SetUrl("https://e.com/u.jpg");',
    "fusionUltraParam.SetWarpRadio(1.0);",
    "request.SetMergeInfos(std::vector<MergeInfo>{mergeInfo});",
    "auto outcome = client.FuseFaceUltra(request);",
  ],
};

for (const [id, lines] of Object.entries(LINES)) {
  test(`${id} makes the innermost objects first and sets them with their types`, () => {
    const code = SAMPLE_LANGUAGES.find((language) => language.id === id)!.write(prepareCall(SMALL));
    let from = 0;
    for (const line of lines) {
      const at = code.indexOf(line, from);
      assert.ok(at >= 0, `${line} is missing or too early in\n${code}`);
      from = at + line.length;
    }
  });
}

test("C++ writes control characters without universal names, and never localhost", () => {
  const cpp = SAMPLE_LANGUAGES.find(({ id }) => id === "cpp")!;
  assert.match(cpp.write(prepareCall(CALLS.FuseFace!)), /"k\\n\\001"/);
  assert.match(cpp.write(prepareCall(CALLS.DescribeMaterialList!)), /"127\.0\.0\.1:9000"/);
});
