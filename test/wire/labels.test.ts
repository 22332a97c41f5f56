import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { createTestChain } from "../../src/labels/credentials/test-chain.ts";
import { inspectPicture } from "../../src/labels/inspect-picture.ts";
import { markNumberOf } from "../../src/labels/watermark/mark-number.ts";
import { missing, readWith } from "../support/outside-reader.ts";
import { aPortrait } from "../support/portraits.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

// The package's own entry loads every product of the cloud; this one is enough.
const require = createRequire(import.meta.url);
const {
  facefusion,
}: typeof import("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion/index.js") = require("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion");

const chain = createTestChain({ organisation: "Test", nowMs: Date.now(), keyType: "p256" });
const folder = await createTemporaryFolder();
let server: RunningServer;
before(async () => {
  const certificate = path.join(folder.path, "certificate.pem");
  const key = path.join(folder.path, "key.pem");
  await writeFile(certificate, chain.chain);
  await writeFile(key, chain.key);
  server = await startServer({
    FACELOOM_LABEL_WATERMARK: "true",
    FACELOOM_LABEL_PRODUCER: "Test-Producer",
    FACELOOM_C2PA_CERTIFICATE: certificate,
    FACELOOM_C2PA_KEY: key,
  });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function fuse(format: "jpeg" | "png", logoAdd: number, delivery: "base64" | "url") {
  const { secretId, secretKey } = server;
  const client = new facefusion.v20220927.Client({
    credential: { secretId, secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { endpoint: new URL(server.url).host, protocol: "http://" } },
  });
  const { FusedImage = "", RequestId = "" } = await client.FuseFaceUltra({
    RspImgType: delivery,
    LogoAdd: logoAdd,
    ModelImage: (await aPortrait("smiling", { format, sizePx: 400 })).toString("base64"),
    MergeInfos: [{ Image: (await aPortrait("calm")).toString("base64") }],
  });
  const bytes =
    delivery === "base64"
      ? Buffer.from(FusedImage, "base64")
      : Buffer.from(await (await fetch(FusedImage)).arrayBuffer());
  return { bytes, requestId: RequestId };
}

for (const [format, logoAdd, delivery] of [
  ["jpeg", 0, "base64"],
  ["jpeg", 1, "url"],
  ["png", 0, "url"],
  ["png", 1, "base64"],
] as const) {
  test(`a ${format} as ${delivery} with LogoAdd ${logoAdd} carries every label, numbered with its RequestId`, async () => {
    const { bytes, requestId } = await fuse(format, logoAdd, delivery);
    const found = await inspectPicture(bytes, chain.root);
    assert.equal(found.aigc.length, 2);
    for (const { field } of found.aigc) {
      assert.equal(field?.ProduceID, requestId);
      assert.equal(field?.ContentProducer, "Test-Producer");
    }
    assert.equal(found.visible?.text, logoAdd === 1 ? "本图片为AI合成图片" : undefined);
    assert.equal(found.watermark?.number, markNumberOf(requestId));
    assert.equal(found.credentials?.state, "trusted");
    assert.deepEqual(found.others, []);
  });
}

test("exiftool finds the RequestId in a result of the server", {
  skip: missing("exiftool"),
}, async () => {
  const { bytes, requestId } = await fuse("jpeg", 0, "base64");
  const comment = (await readWith("exiftool", ["-s3", "-UserComment"], bytes)).trim();
  assert.equal(JSON.parse(comment).AIGC.ProduceID, requestId);
  assert.equal(
    (await readWith("exiftool", ["-s3", "-XMP-dc:Identifier"], bytes)).trim(),
    requestId,
  );
});
