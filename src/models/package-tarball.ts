import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

/** A package of which exactly one tarball is right. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-` and base64, as package-lock.json has it. */
  readonly integrity: string;
}

/** Reads one file of a package by its path in it. Rejects when there is none. */
export type PackageReader = (file: string) => Promise<Uint8Array>;

/** npm's own limits are longer than anybody waits for a start. */
const NPM_LIMIT_MS = 120_000;

/**
 * Opens a package's tarball in `folder`; one that is not there is put there by `npm pack`, which knows the operator's
 * registry and proxy and runs none of the package's scripts. Rejects for a tarball with other bytes than are pinned,
 * before anything in it is read.
 */
export async function openTarball(pinned: PinnedPackage, folder: string): Promise<PackageReader> {
  const file = path.join(folder, tarballName(pinned));
  const packed = await readFile(file).catch(async () => await fetchTarball(pinned, file));
  const actual = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
  if (actual !== pinned.integrity) {
    throw new Error(`${file} has integrity ${actual}, expected was ${pinned.integrity}.`);
  }
  const archive = gunzipSync(packed);
  return async (name) => readArchived(archive, `package/${name}`);
}

/** npm's rule: scope and name joined by a hyphen. */
function tarballName({ name, version }: PinnedPackage): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

/** Several processes may fetch at once: each into a folder of its own, then moved into place. */
async function fetchTarball(pinned: PinnedPackage, file: string): Promise<Buffer> {
  await mkdir(path.dirname(file), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(file), "fetch-"));
  try {
    const what = `${pinned.name}@${pinned.version}`;
    const args = ["pack", what, "--ignore-scripts", "--silent", "--pack-destination", folder];
    await promisify(execFile)("npm", args, { timeout: NPM_LIMIT_MS });
    const [fetched] = await readdir(folder);
    await rename(path.join(folder, fetched ?? ""), file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const BLOCK_BYTES = 512;

/** Finds a file in a tar archive (POSIX ustar: name at 0, size in octal digits at 124, name's beginning at 345). */
function readArchived(archive: Buffer, name: string): Uint8Array {
  const text = (at: number, length: number): string =>
    archive.toString("utf8", at, at + length).split("\0", 1)[0]!;
  for (let at = 0; at + BLOCK_BYTES <= archive.length; ) {
    const beginning = text(at + 345, 155);
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const start = at + BLOCK_BYTES;
    if ((beginning === "" ? "" : `${beginning}/`) + text(at, 100) === name) {
      return archive.subarray(start, start + size);
    }
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  throw new Error(`The package has no ${name}.`);
}
