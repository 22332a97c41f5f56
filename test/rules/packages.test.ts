import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { ROOT } from "../support/source-modules.ts";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
}

const lock: Record<string, LockedPackage> = JSON.parse(
  readFileSync(path.join(ROOT, "package-lock.json"), "utf8"),
).packages;
const locked = Object.entries(lock).filter(([name]) => name !== "");

test("every package of the lock file comes from a registry and is held by its SHA-512", () => {
  const loose = locked.filter(
    ([, { integrity, resolved, link, inBundle }]) =>
      link || resolved !== undefined || (!inBundle && !integrity?.startsWith("sha512-")),
  );
  assert.deepEqual(
    loose.map(([name]) => name),
    [],
  );
});

test("the bill of materials has every package of production with its hash and licence, twice the same", () => {
  const write = (): string =>
    execFileSync(process.execPath, ["scripts/write-sbom.ts"], { cwd: ROOT, encoding: "utf8" });
  const text = write();
  assert.equal(write(), text);
  const { bomFormat, components } = JSON.parse(text) as {
    readonly bomFormat: string;
    readonly components: readonly {
      readonly name: string;
      readonly version: string;
      readonly hashes?: readonly { readonly alg: string }[];
      readonly licenses?: readonly unknown[];
    }[];
  };
  assert.equal(bomFormat, "CycloneDX");
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = locked
    .filter(([, { dev }]) => !dev)
    .map(([place, { version }]) => `${place.replace(/^.*node_modules\//, "")}@${version}`)
    .filter((name) => !listed.has(name));
  assert.deepEqual(missing, []);
  const bare = components.filter(
    ({ hashes, licenses }) => hashes?.[0]?.alg !== "SHA-512" || !licenses?.length,
  );
  assert.deepEqual(
    bare.map(({ name }) => name),
    [],
  );
});
