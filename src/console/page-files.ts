import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** One file of the built pages, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Brotli; undefined for files that are compressed already. */
  readonly compressed: Buffer | undefined;
  readonly etag: string;
  /** True for files whose name changes with their content. */
  readonly isImmutable: boolean;
}

/** The built pages by their path below the folder, all in memory. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".json": "application/json",
};

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".svg", ".json"]);

/**
 * Returns the folder of one of the sites that `scripts/build-console.ts` built below `distDir`; undefined when there are
 * none.
 */
export async function siteFolder(
  distDir: string,
  site: "console" | "admin",
): Promise<string | undefined> {
  const current = await readFile(path.join(distDir, "current.json"), "utf8").catch(() => undefined);
  if (current === undefined) return undefined;
  const { folder }: { readonly folder: string } = JSON.parse(current);
  return path.join(distDir, folder, site);
}

/** Reads the console's pages below `distDir` into memory; undefined when they have not been built. */
export async function readPageFiles(distDir: string): Promise<PageFiles | undefined> {
  const root = await siteFolder(distDir, "console");
  return root === undefined ? undefined : readFolder(root);
}

/** Reads the files below a folder into memory; those of unknown types are left out, and a folder that is not there has none. */
export async function readFolder(root: string): Promise<PageFiles> {
  const names = await readdir(root, { recursive: true }).catch(() => []);
  const known = names.filter((name) => path.extname(name) in TYPES);
  const files = known.map(async (name) => {
    return [name.replaceAll("\\", "/"), await readPageFile(path.join(root, name))] as const;
  });
  return new Map(await Promise.all(files));
}

async function readPageFile(file: string): Promise<PageFile> {
  const extension = path.extname(file);
  const bytes = await readFile(file);
  return {
    type: TYPES[extension]!,
    bytes,
    compressed: COMPRESSIBLE.has(extension) ? compress(bytes) : undefined,
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    isImmutable: /-[A-Z\d]{8}\.(js|css)$/.test(file),
  };
}

/** Quality 5 takes milliseconds and is within a few percent of the best for files of this size. */
function compress(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
