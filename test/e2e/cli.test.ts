import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { decodePicture } from "../../src/imaging/codec.ts";
import { ROOT } from "../support/source-modules.ts";
import { TEST_MODELS_DIR, testModels } from "../support/test-models.ts";

const photos = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
const TEMPLATE = path.join(photos, "sample1.jpg");
const USER = path.join(photos, "sample4.jpg");
const MODELS = ["--models-dir", TEST_MODELS_DIR];

const folder = mkdtempSync(path.join(tmpdir(), "faceloom-cli-"));
before(() => testModels());
after(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

/** Runs the real program as a shell would. */
function faceloom(args: readonly string[], input?: Uint8Array): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, "bin/faceloom.js"), ...args], {
      cwd: folder,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, out: Buffer.concat(out), err: Buffer.concat(err).toString() });
    });
    child.stdin.end(input);
  });
}

function assertOneLine(text: string, pattern: RegExp): void {
  assert.match(text, /^faceloom: [^\n]+\n$/);
  assert.match(text, pattern);
  assert.doesNotMatch(text, /\bat .*\.(ts|js):\d+|Unexpected failure/);
}

test("--version and --help answer on stdout", async () => {
  const version = await faceloom(["--version"]);
  assert.equal(version.code, 0);
  assert.match(version.out.toString(), /^faceloom \d+\.\d+\.\d+\n$/);
  const help = await faceloom(["--help"]);
  assert.equal(help.code, 0);
  for (const name of [
    "serve",
    "fuse",
    "detect",
    "verify-models",
    "accounts",
    "materials",
    "sign",
    "call",
  ]) {
    assert.match(help.out.toString(), new RegExp(`^ +${name} `, "m"));
    const own = await faceloom([name, "--help"]);
    assert.equal(own.code, 0, own.err);
    assert.match(own.out.toString(), new RegExp(`^Usage: faceloom ${name}`));
  }
});

test("what cannot be understood ends with 2 and one line that says why", async () => {
  const cases: readonly [args: string[], pattern: RegExp][] = [
    [["fuze"], /no command "fuze"/],
    [["fuse", "--tempalte", "x"], /Unknown option '--tempalte'/],
    [["fuse", "--user", USER, "--out", "o.jpg"], /--template is missing/],
    [["fuse", "--template", TEMPLATE, "--out", "o.jpg"], /--user is missing/],
    [["fuse", "--template", TEMPLATE, "--user", USER], /--out is missing/],
    [
      ["fuse", "--template", TEMPLATE, "--user", USER, "--out", "o", "--warp", "1.2"],
      /--warp must be a number from 0 to 1/,
    ],
    [
      ["fuse", "--template", TEMPLATE, "--user-rect", "1,2,3,4", "--user", USER],
      /must follow the --user/,
    ],
    [
      ["fuse", "--template", TEMPLATE, "--user", USER, "--user-rect", "1,2,3", "--out", "o"],
      /x,y,width,height/,
    ],
    [["detect"], /picture is missing/],
    [["detect", "a.jpg", "b.jpg"], /Unexpected argument b\.jpg/],
    [["call", "--secret-id", "a", "--secret-key", "b"], /--data, or --template and --user/],
  ];
  const check = async ([args, pattern]: (typeof cases)[number]): Promise<void> => {
    const { code, err, out } = await faceloom(args);
    assert.equal(code, 2, `${args.join(" ")}: ${err}`);
    assert.equal(out.length, 0);
    assertOneLine(err, pattern);
  };
  await Promise.all(cases.map(check));
});

test("missing files and bad pictures end with 1 and one line that names the file", async () => {
  const text = path.join(folder, "text.jpg");
  writeFileSync(text, "no picture");
  const cases: readonly [args: string[], pattern: RegExp][] = [
    [["detect", "nowhere.jpg"], /nowhere\.jpg cannot be read: no such file/],
    [["detect", text], /text\.jpg: The picture is not a JPEG or PNG/],
    [["fuse", "--template", folder, "--user", USER, "--out", "o.jpg"], /it is a folder/],
    [["fuse", "--template", TEMPLATE, "--user", text, "--out", "o.jpg"], /text\.jpg: The picture/],
    [
      [
        "call",
        "http://127.0.0.1:9",
        "--secret-id",
        "a",
        "--secret-key",
        "b",
        "--template",
        TEMPLATE,
        "--user",
        USER,
      ],
      /does not answer/,
    ],
    [
      ["call", "--secret-id", "a", "--secret-key", "b", "--data", text],
      /does not hold a JSON object/,
    ],
  ];
  const check = async ([args, pattern]: (typeof cases)[number]): Promise<void> => {
    const { code, err } = await faceloom(args);
    assert.equal(code, 1, `${args.join(" ")}: ${err}`);
    assertOneLine(err, pattern);
  };
  await Promise.all(cases.map(check));
});

test("a reader that goes away early is no failure", async () => {
  const args = [path.join(ROOT, "bin/faceloom.js"), "detect", TEMPLATE, "--json", ...MODELS];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const err: Buffer[] = [];
  child.stderr.on("data", (chunk) => err.push(chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(Buffer.concat(err).toString(), "");
  assert.equal(code, 0);
});

test("verify-models lists every model and fails when one is missing", async () => {
  const good = await faceloom(["verify-models", ...MODELS, "--json"]);
  assert.equal(good.code, 0, good.err);
  const { ok, models } = JSON.parse(good.out.toString());
  const catalog = JSON.parse(readFileSync(path.join(ROOT, "models/catalog.json"), "utf8"));
  assert.equal(ok, true);
  assert.equal(models.length, catalog.models.length + catalog.optional.length);
  const empty = await faceloom(["verify-models", "--models-dir", path.join(folder, "empty")]);
  assert.equal(empty.code, 1);
  assert.match(empty.out.toString(), /^missing /m);
  assertOneLine(empty.err, /--build/);
});

test("detect lists the faces and draws them into a copy", async () => {
  const overlay = path.join(folder, "overlay.png");
  const { code, out, err } = await faceloom([
    "detect",
    TEMPLATE,
    "--out",
    overlay,
    "--json",
    ...MODELS,
  ]);
  assert.equal(code, 0, err);
  const found = JSON.parse(out.toString());
  assert.equal(found.faces.length, 3);
  assert.equal(found.faces[0].landmarks.length, 478);
  const original = await decodePicture(readFileSync(TEMPLATE));
  const drawn = await decodePicture(readFileSync(overlay));
  assert.deepEqual([drawn.width, drawn.height], [original.width, original.height]);
  const { x, y } = found.faces[0].box;
  const at = (y * drawn.width + x) * 3;
  assert.deepEqual([...drawn.data.subarray(at, at + 3)], [64, 220, 96]);
});

test("detect tells a person what it found", async () => {
  const { code, out, err } = await faceloom(["detect", TEMPLATE, ...MODELS]);
  assert.equal(code, 0, err);
  assert.equal(out.toString().match(/^face \d: \d+x\d+ px at \d+,\d+, roll/gm)?.length, 3);
});

test("fuse writes a labelled picture of the template's size that differs in the face", async () => {
  const result = path.join(folder, "fused.jpg");
  const { code, out, err } = await faceloom([
    ...["fuse", "--template", TEMPLATE, "--user", USER, "--out", result],
    ...["--swap-model-type", "2", "--warp", "0.5", "--json", ...MODELS],
  ]);
  assert.equal(code, 0, err);
  const told = JSON.parse(out.toString());
  const template = await decodePicture(readFileSync(TEMPLATE));
  const fused = await decodePicture(readFileSync(result));
  assert.deepEqual(
    [fused.width, fused.height, fused.format],
    [template.width, template.height, "jpeg"],
  );
  assert.deepEqual(
    [told.width, told.height, told.format],
    [template.width, template.height, "jpeg"],
  );
  assert.ok(Object.keys(told.stepMs).length > 5);
  // The label lies in the lowest tenth; above it only the fused face can differ by so much.
  const aboveLabel = template.width * Math.floor(template.height * 0.85) * 3;
  const changed = fused.data.subarray(0, aboveLabel).filter((value, i) => {
    return Math.abs(value - template.data[i]!) > 24;
  });
  assert.ok(changed.length > 3000, `${changed.length} values changed`);
});

test("fuse reads the template from stdin and writes the result to stdout", async () => {
  const args = ["fuse", "--template", "-", "--user", USER, "--out", "-", "--no-label", ...MODELS];
  const { code, out, err } = await faceloom(args, readFileSync(TEMPLATE));
  assert.equal(code, 0, err);
  assert.deepEqual([...out.subarray(0, 3)], [0xff, 0xd8, 0xff]);
});

test("call signs what it sends, prints the answer and saves the picture", async () => {
  const seen: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const image = Buffer.from("picture").toString("base64");
    response.end(JSON.stringify({ Response: { FusedImage: image, RequestId: "an-id" } }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  try {
    const saved = path.join(folder, "called.jpg");
    const { code, out, err } = await faceloom([
      ...["call", `http://127.0.0.1:${address.port}`, "--secret-id", "an-account"],
      ...["--secret-key", "a-key", "--template", TEMPLATE, "--user", USER, "--out", saved],
    ]);
    assert.equal(code, 0, err);
    assert.equal(JSON.parse(out.toString()).Response.RequestId, "an-id");
    assert.equal(readFileSync(saved, "utf8"), "picture");
    const [request] = seen;
    assert.ok(request);
    const { headers, body } = request;
    assert.equal(headers["x-tc-action"], "FuseFaceUltra");
    assert.equal(headers["x-tc-version"], "2022-09-27");
    assert.match(String(headers.authorization), /^TC3-HMAC-SHA256 Credential=an-account\//);
    const sent = JSON.parse(body);
    assert.equal(sent.ModelImage, readFileSync(TEMPLATE).toString("base64"));
    assert.equal(sent.MergeInfos[0].Image, readFileSync(USER).toString("base64"));
    assert.equal(sent.RspImgType, "base64");
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
