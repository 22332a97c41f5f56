import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import sharp from "sharp";
import { aGroupPhoto, aPortrait } from "../support/portraits.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { TEST_MODELS_DIR, testModels } from "../support/test-models.ts";

const README = await readFile(path.join(ROOT, "README.md"), "utf8");
const run = promisify(execFile);

function codeBlock(language: string, text: string): string {
  const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  const [, , code] = blocks.find(([, name, body]) => name === language && body!.includes(text))!;
  return code!;
}

/** Puts the pictures that the examples name into a folder. */
async function layOutPictures(folder: string): Promise<void> {
  const portraits = {
    "template.jpg": await aPortrait("smiling", { format: "jpeg" }),
    "user.jpg": await aPortrait("calm", { format: "jpeg" }),
    "group.jpg": await sharp((await aGroupPhoto()).image)
      .jpeg()
      .toBuffer(),
  };
  const copies = {
    "a.jpg": portraits["user.jpg"],
    "b.jpg": portraits["template.jpg"],
    "t.jpg": portraits["template.jpg"],
    "u.jpg": portraits["user.jpg"],
    "photo.jpg": portraits["group.jpg"],
  };
  for (const [name, bytes] of Object.entries({ ...portraits, ...copies })) {
    await writeFile(path.join(folder, name), bytes);
  }
}

/** Fills in what the reader fills in: the printed key, and the port when it is not the usual one. */
function withServer(code: string, { url, secretId, secretKey }: RunningServer): string {
  return code
    .replaceAll("the printed SecretId", secretId)
    .replaceAll("the printed SecretKey", secretKey)
    .replaceAll("--secret-id ID", `--secret-id ${secretId}`)
    .replaceAll("--secret-key KEY", `--secret-key ${secretKey}`)
    .replaceAll("127.0.0.1:8080", new URL(url).host);
}

async function assertPicture(file: string): Promise<void> {
  const { format, width } = await sharp(await readFile(file)).metadata();
  assert.ok((format === "jpeg" || format === "png") && width >= 64, file);
}

test("the example for the official SDK runs as README.md prints it", async () => {
  await using server = await startServer();
  await using folder = await createTemporaryFolder();
  await layOutPictures(folder.path);
  const file = path.join(folder.path, "example.cjs");
  await writeFile(file, withServer(codeBlock("js", "FuseFaceUltra"), server));
  await run(process.execPath, [file], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, NODE_PATH: path.join(ROOT, "node_modules") },
  });
  await assertPicture(path.join(folder.path, "fused.jpg"));
});

test("the command lines of README.md run as printed", async () => {
  await testModels();
  await using server = await startServer();
  await using folder = await createTemporaryFolder();
  await layOutPictures(folder.path);
  const lines = withServer(codeBlock("sh", "npm run faceloom"), server).trim().split("\n");
  assert.equal(lines.length, 4);
  for (const line of lines) {
    const words = line.split(/ +/);
    assert.deepEqual(words.splice(0, 4), ["npm", "run", "faceloom", "--"]);
    await run(process.execPath, [path.join(ROOT, "bin/faceloom.js"), ...words], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, FACELOOM_DATA_DIR: path.dirname(TEST_MODELS_DIR) },
    });
    await assertPicture(path.join(folder.path, words[words.indexOf("--out") + 1]!));
  }
});
