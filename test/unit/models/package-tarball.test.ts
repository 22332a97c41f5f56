import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { openTarball } from "../../../src/models/package-tarball.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

/** Writes a tar archive by the POSIX layout, one block of head for each file. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write("0000644", 100);
    head.write(`${Buffer.byteLength(text).toString(8).padStart(11, "0")} `, 124);
    head.write("00000000000 ", 136);
    head.write("        0", 148);
    head.write("ustar\x0000", 257);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [head, body];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

const TARBALL = gzipSync(
  archive({
    "package/package.json": '{"name":"weights-of-a-test","version":"1.2.3"}',
    "package/dist/long.bin": "x".repeat(1500),
    "package/dist/model.js": "the weights",
  }),
);
const PINNED = {
  name: "weights-of-a-test",
  version: "1.2.3",
  integrity: `sha512-${createHash("sha512").update(TARBALL).digest("base64")}`,
};
const FILE = "weights-of-a-test-1.2.3.tgz";

test("reads files of a tarball that lies in the folder already, without a network", async () => {
  await using folder = await createTemporaryFolder();
  await writeFile(path.join(folder.path, FILE), TARBALL);
  const read = await openTarball(PINNED, folder.path);
  assert.equal(Buffer.from(await read("dist/model.js")).toString(), "the weights");
  assert.equal((await read("dist/long.bin")).length, 1500);
  await assert.rejects(read("dist/other.js"), /The package has no package\/dist\/other.js/);
});

test("refuses a tarball with one bit changed before it reads anything in it", async () => {
  await using folder = await createTemporaryFolder();
  const changed = Buffer.from(TARBALL);
  changed[changed.length - 5]! ^= 1;
  await writeFile(path.join(folder.path, FILE), changed);
  await assert.rejects(openTarball(PINNED, folder.path), /has integrity sha512-.*, expected was/);
});

test("fetches a missing tarball by npm from the registry that npm is set to, and keeps it", async () => {
  await using folder = await createTemporaryFolder();
  const asked: string[] = [];
  const registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { port } = registry.address() as AddressInfo;
    if (request.url?.endsWith(".tgz")) return response.end(TARBALL);
    const { name, version, integrity } = PINNED;
    const tarball = `http://127.0.0.1:${port}/${name}/-/${FILE}`;
    const versions = { [version]: { name, version, dist: { tarball, integrity } } };
    response.setHeader("content-type", "application/json");
    return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const { port } = registry.address() as AddressInfo;
  // A cache of its own: npm keeps what it has fetched once.
  const home = path.join(folder.path, "home");
  await mkdir(home);
  const changed = {
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: home,
    npm_config_proxy: "",
    npm_config_noproxy: "127.0.0.1",
  };
  const before = Object.keys(changed).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, changed);
  try {
    const models = path.join(folder.path, "models");
    const read = await openTarball(PINNED, models);
    assert.equal(Buffer.from(await read("dist/model.js")).toString(), "the weights");
    assert.deepEqual(await readdir(models), [FILE]);
    assert.ok(asked.some((url) => url.endsWith(".tgz")));
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    registry.closeAllConnections();
    registry.close();
  }
});
