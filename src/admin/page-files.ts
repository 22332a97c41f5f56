import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** One file of the pages, as it is sent. */
export interface AdminPageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Reads the pages below a folder into memory, by their path from `/`; `index.html` is `/` as well. */
export async function readAdminPages(folder: string): Promise<ReadonlyMap<string, AdminPageFile>> {
  const pages = new Map<string, AdminPageFile>();
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const bytes = await readFile(path.join(folder, name));
    pages.set(`/${name.replaceAll("\\", "/")}`, { type, bytes });
  }
  const home = pages.get("/index.html");
  if (home !== undefined) pages.set("/", home);
  return pages;
}
