import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { encodePicture } from "../../../../src/imaging/codec.ts";
import type { PictureFormat } from "../../../../src/imaging/picture.ts";
import { startCredentials } from "../../../../src/labels/credentials/credentials.ts";
import { readCredentials } from "../../../../src/labels/credentials/read-credentials.ts";
import type { CertificateFiles } from "../../../../src/labels/credentials/signing-key.ts";
import {
  createTestChain,
  TEST_KEY_TYPES,
  type TestChain,
  type TestChainOptions,
} from "../../../../src/labels/credentials/test-chain.ts";
import { findLabels } from "../../../../src/labels/find-labels.ts";
import { addImplicitLabel } from "../../../../src/labels/implicit-label.ts";
import { missing, readWith } from "../../../support/outside-reader.ts";
import { AN_ORIGIN } from "../../../support/result-origin.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const YEAR_MS = 365 * 86_400_000;

function aChain(change: Partial<TestChainOptions> = {}): TestChain {
  return createTestChain({
    ...{ organisation: "Test Ltd", nowMs: Date.now(), keyType: "p256" },
    ...change,
  });
}

async function writeFiles(
  folder: string,
  { chain, key }: Pick<TestChain, "chain" | "key">,
): Promise<CertificateFiles> {
  const files = { certificate: path.join(folder, "c.pem"), key: path.join(folder, "k.pem") };
  await writeFile(files.certificate, chain);
  await writeFile(files.key, key);
  return files;
}

async function aResult(format: PictureFormat): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 80 * 70 * 3 }, (_, i) => (i * 7) % 256);
  const file = await encodePicture({ width: 80, height: 70, data }, { format });
  return addImplicitLabel(file, format, { origin: AN_ORIGIN });
}

for (const format of ["jpeg", "png"] as const) {
  test(`a signed ${format} is whole, trusted by who knows the root, and keeps the implicit label`, async () => {
    await using folder = await createTemporaryFolder();
    const chain = aChain();
    await using credentials = await startCredentials(await writeFiles(folder.path, chain));
    const result = await aResult(format);
    const facts = { origin: AN_ORIGIN, format, users: 2 };
    const signed = await credentials.sign(result, facts);
    assert.deepEqual(await readCredentials(signed, format, chain.root), {
      state: "trusted",
      signer: "Test signer, Test Ltd",
      madeBy: "Faceloom 0.0.0",
      actions: ["c2pa.opened", "c2pa.placed", "c2pa.placed", "c2pa.edited"],
      problems: [],
    });
    const unknown = await readCredentials(signed, format);
    assert.equal(unknown?.state, "valid");
    assert.deepEqual(unknown?.problems, ["signingCredential.untrusted"]);
    const found = findLabels(signed, format);
    assert.deepEqual(found, { ...findLabels(result, format), hasC2pa: true });
  });

  test(`a changed pixel of a signed ${format} is noticed`, async () => {
    await using folder = await createTemporaryFolder();
    await using credentials = await startCredentials(await writeFiles(folder.path, aChain()));
    const facts = { origin: AN_ORIGIN, format, users: 1 };
    const signed = await credentials.sign(await aResult(format), facts);
    signed[signed.length - 40]! ^= 1;
    const found = await readCredentials(signed, format);
    assert.equal(found?.state, "invalid");
    assert.ok(found.problems.includes("assertion.dataHash.mismatch"));
  });
}

for (const keyType of TEST_KEY_TYPES) {
  test(`a key of type ${keyType} signs`, async () => {
    await using folder = await createTemporaryFolder();
    const chain = aChain({ keyType });
    await using credentials = await startCredentials(await writeFiles(folder.path, chain));
    const facts = { origin: AN_ORIGIN, format: "jpeg", users: 1 } as const;
    const signed = await credentials.sign(await aResult("jpeg"), facts);
    assert.equal((await readCredentials(signed, "jpeg", chain.root))?.state, "trusted");
  });
}

test("many results at once are each signed", async () => {
  await using folder = await createTemporaryFolder();
  await using credentials = await startCredentials(await writeFiles(folder.path, aChain()));
  const result = await aResult("jpeg");
  const ids = ["a", "b", "c", "d"];
  const signed = await Promise.all(
    ids.map((produceId) =>
      credentials.sign(result, { origin: { ...AN_ORIGIN, produceId }, format: "jpeg", users: 1 }),
    ),
  );
  for (const [i, bytes] of signed.entries()) {
    assert.ok(Buffer.from(bytes).includes(`${ids[i]}:template`));
    assert.equal((await readCredentials(bytes, "jpeg"))?.state, "valid");
  }
});

test("whoever gives up waiting hears of it at once, and the next result is signed", async () => {
  await using folder = await createTemporaryFolder();
  await using credentials = await startCredentials(await writeFiles(folder.path, aChain()));
  const facts = { origin: AN_ORIGIN, format: "jpeg", users: 1 } as const;
  const result = await aResult("jpeg");
  const leaving = new AbortController();
  const left = credentials.sign(result, facts, leaving.signal);
  leaving.abort();
  await assert.rejects(left, { reason: "cancelled" });
  assert.equal(
    (await readCredentials(await credentials.sign(result, facts), "jpeg"))?.state,
    "valid",
  );
});

test("a thread that has ended is replaced; without its certificate results are refused, not sent unsigned", async () => {
  await using folder = await createTemporaryFolder();
  const files = await writeFiles(folder.path, aChain());
  await using credentials = await startCredentials(files);
  await credentials[Symbol.asyncDispose]();
  const facts = { origin: AN_ORIGIN, format: "jpeg", users: 1 } as const;
  const signed = await credentials.sign(await aResult("jpeg"), facts);
  assert.equal((await readCredentials(signed, "jpeg"))?.state, "valid");
  await credentials[Symbol.asyncDispose]();
  await rm(files.certificate);
  await assert.rejects(credentials.sign(await aResult("jpeg"), facts), {
    reason: "configuration-invalid",
  });
});

const refusals: readonly [string, () => Pick<TestChain, "chain" | "key">, RegExp][] = [
  ["is out of date", () => aChain({ nowMs: Date.now() - 3 * YEAR_MS }), /not accepted.*expired/i],
  ["has another key", () => ({ ...aChain(), key: aChain().key }), /not that of the first/],
  ["is no certificate", () => ({ ...aChain(), chain: "hello" }), /no certificate in PEM/],
  ["has no key", () => ({ ...aChain(), key: "hello" }), /no private key/],
  ["is a root", () => rootOnly(), /not that of the first|not accepted/],
];

function rootOnly(): Pick<TestChain, "chain" | "key"> {
  const { root, key } = aChain();
  return { chain: root, key };
}

for (const [what, make, expected] of refusals) {
  test(`a certificate that ${what} stops the start with a sentence`, async () => {
    await using folder = await createTemporaryFolder();
    const files = await writeFiles(folder.path, make());
    await assert.rejects(startCredentials(files), (error: unknown) => {
      assert.ok(error instanceof Error && "reason" in error);
      assert.equal(error.reason, "configuration-invalid");
      assert.match(error.message, expected);
      return true;
    });
  });
}

test("a certificate that is not there stops the start and is named", async () => {
  await assert.rejects(startCredentials({ certificate: "/nowhere/c.pem", key: "/nowhere/k.pem" }), {
    reason: "configuration-invalid",
    message: "/nowhere/c.pem cannot be read (ENOENT).",
  });
});

test("a picture without a manifest has no credentials, a broken manifest does not hold", async () => {
  const plain = await aResult("jpeg");
  assert.equal(await readCredentials(plain, "jpeg"), undefined);
  const broken = Buffer.concat([
    plain.subarray(0, 2),
    Buffer.from("ffeb0018", "hex"),
    Buffer.from("JP\0\x01\0\0\0\x01\0\0\0\x10jumbgarb1234"),
    plain.subarray(2),
  ]);
  assert.notEqual((await readCredentials(broken, "jpeg"))?.state, "valid");
});

test("exiftool reads the manifest's actions", { skip: missing("exiftool") }, async () => {
  await using folder = await createTemporaryFolder();
  await using credentials = await startCredentials(await writeFiles(folder.path, aChain()));
  const facts = { origin: AN_ORIGIN, format: "jpeg", users: 1 } as const;
  const signed = await credentials.sign(await aResult("jpeg"), facts);
  const [tags] = JSON.parse(await readWith("exiftool", ["-j", "-G1", "-a"], signed));
  assert.deepEqual(tags["CBOR:ActionsAction"], ["c2pa.opened", "c2pa.placed", "c2pa.edited"]);
  assert.ok(tags["ExifIFD:UserComment"]);
});
