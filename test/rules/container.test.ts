import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { parse } from "yaml";
import { SETTINGS } from "../../src/config/settings.ts";
import { admittedPaths, readStages } from "../image/read-dockerfile.ts";
import { ROOT, readPackage } from "../support/source-modules.ts";

const read = (name: string): string => readFileSync(path.join(ROOT, "deploy/docker", name), "utf8");
const dockerfile = read("Dockerfile");
const stages = readStages(dockerfile);
const image = stages.at(-1)!;
const known = new Set(
  Object.values(SETTINGS).flatMap((section) => Object.values(section).map(({ env }) => env)),
);

test("the image has the Node that the checkout is tested with", () => {
  const version = /^ARG NODE_VERSION=(.+)$/m.exec(dockerfile)?.[1];
  assert.equal(version, readPackage().devDependencies.node);
  assert.ok(stages.every(({ from }) => from === `node:\${NODE_VERSION}-bookworm-slim`));
});

test("every setting of the image and of compose.yaml is one of the server's", () => {
  const { services } = parse(read("compose.yaml"));
  const names = [...Object.keys(image.env), ...Object.keys(services.faceloom.environment)];
  const ours = names.filter((name) => name.startsWith("FACELOOM_"));
  assert.ok(ours.length > 5);
  assert.deepEqual(
    ours.filter((name) => !known.has(name)),
    [],
  );
});

test("the build sees every file that the server runs, and no secret or result of a checkout", () => {
  const admitted = admittedPaths(read("Dockerfile.dockerignore"));
  assert.deepEqual(
    admitted.filter((name) => !existsSync(path.join(ROOT, name))),
    [],
  );
  for (const name of ["bin", "src", "models/catalog.json", "package-lock.json", "LICENSE"]) {
    assert.ok(admitted.includes(name), name);
  }
  for (const name of ["data", "node_modules", ".git", "test", "bench"]) {
    assert.ok(!admitted.includes(name), name);
  }
});

test("the server in the image is not root, is asked how it is, and writes to its volume only", () => {
  assert.equal(image.user, "node");
  assert.deepEqual(image.healthcheck, ["node", "bin/faceloom.js", "healthcheck"]);
  assert.deepEqual([...image.entrypoint, ...image.command], ["node", "bin/faceloom.js", "serve"]);
  const { services, volumes } = parse(read("compose.yaml"));
  assert.equal(services.faceloom.read_only, true);
  assert.deepEqual(services.faceloom.volumes, [`data:${image.env.FACELOOM_DATA_DIR}`]);
  assert.ok("data" in volumes);
});
