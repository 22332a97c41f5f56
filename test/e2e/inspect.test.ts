import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import test, { before } from "node:test";
import sharp from "sharp";
import { DIGITAL_SOURCE_TYPE } from "../../src/labels/xmp-packet.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { TEST_MODELS_DIR, testModels } from "../support/test-models.ts";

const photos = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
const TEMPLATE = path.join(photos, "sample1.jpg");
const USER = path.join(photos, "sample4.jpg");

before(() => testModels());

/** Runs the real program; its settings come from the environment. */
function faceloom(args: readonly string[], environment = {}, input = "") {
  return spawnSync(process.execPath, [path.join(ROOT, "bin/faceloom.js"), ...args], {
    env: { PATH: process.env.PATH, ...environment },
    encoding: "utf8",
    input,
  });
}

test("inspect tells every label of a result, and whose watermark a cut and shrunk copy carries", async () => {
  await using folder = await createTemporaryFolder();
  const [result, copy] = ["result.jpg", "copy.jpg"].map((name) => path.join(folder.path, name));
  const settings = {
    FACELOOM_LABEL_WATERMARK: "true",
    FACELOOM_LABEL_VISIBLE: "always",
    FACELOOM_LABEL_PRODUCER: "001191440300708461136T1WFUO",
  };
  const pictures = ["--template", TEMPLATE, "--user", USER, "--out", result!, "--no-label"];
  const fused = faceloom(["fuse", ...pictures, "--models-dir", TEST_MODELS_DIR], settings);
  assert.equal(fused.status, 0, fused.stderr);
  const found = JSON.parse(faceloom(["inspect", result!, "--json"]).stdout);
  const [{ field }] = found.aigc;
  assert.equal(field.ContentProducer, "001191440300708461136T1WFUO");
  assert.equal(found.xmp[0].digitalSourceType, DIGITAL_SOURCE_TYPE);
  assert.equal(found.visible.text, "本图片为AI合成图片");

  const { width = 0, height = 0 } = await sharp(result).metadata();
  const rest = { width: Math.round(0.9 * width), height: Math.round(0.9 * height) };
  const cut = await sharp(result)
    .extract({ left: 31, top: 57, ...rest })
    .toBuffer();
  await sharp(cut)
    .resize(Math.round(rest.width / 2))
    .jpeg({ quality: 60 })
    .toFile(copy!);
  const ids = `unknown\n{"half":\n{"requestId":"${field.ProduceID}"}\n`;
  const told = faceloom(["inspect", copy!, "--request-ids", "-"], {}, ids).stdout;
  assert.match(told, /Implicit label +none/);
  assert.match(told, new RegExp(`Watermark +[0-9a-f]{12}, request ${field.ProduceID} `));
});

test("inspect of a camera's photo finds none of the labels and names its metadata", () => {
  const told = faceloom(["inspect", path.join(photos, "sample3.jpg")]).stdout;
  assert.match(told, /Implicit label +none/);
  assert.match(told, /Watermark +none found/);
  assert.match(told, /Other metadata .*ICC profile/);
});

test("what is no picture is one line on stderr", () => {
  const { status, stderr } = faceloom(["inspect", path.join(ROOT, "package.json")]);
  assert.equal(status, 1);
  assert.match(stderr, /^faceloom: [^\n]*package\.json: [^\n]+\n$/);
});

test("certificate makes one that fuse signs with and inspect trusts, and never writes over a file", async () => {
  await using folder = await createTemporaryFolder();
  const out = path.join(folder.path, "c2pa");
  const made = faceloom(["certificate", "--out", out, "--organisation", "Test Ltd"]);
  assert.equal(made.status, 0, made.stderr);
  const settings = Object.fromEntries(
    made.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("=")),
  );
  const result = path.join(folder.path, "result.png");
  const pictures = ["--template", TEMPLATE, "--user", USER, "--out", result];
  const fused = faceloom(["fuse", ...pictures, "--models-dir", TEST_MODELS_DIR], settings);
  assert.equal(fused.status, 0, fused.stderr);
  const told = faceloom(["inspect", result, "--trusted-roots", path.join(out, "root.pem")]).stdout;
  assert.match(told, /Content Credentials +whole, signed by one who is trusted/);
  assert.match(told, /signed by +Test signer, Test Ltd/);
  const again = faceloom(["certificate", "--out", out]);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /^faceloom: [^\n]*it is there already\.\n$/);
});
