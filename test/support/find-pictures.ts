import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** First bytes of the formats that the server takes; long enough not to be met by chance among hashes. */
const STARTS: readonly Buffer[] = [
  ...[0xdb, 0xe0, 0xe1, 0xe2, 0xed, 0xee].map((marker) => Buffer.from([0xff, 0xd8, 0xff, marker])),
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
];

/** A file below a folder, and its content. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Reads every file below a folder; those that go away meanwhile are left out. */
export async function* filesBelow(folder: string): AsyncIterable<FoundFile> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes !== undefined) yield { name: path.relative(folder, file), bytes };
  }
}

/** Names the files below a folder that hold the start of a JPEG or PNG anywhere, or one of the given texts. */
export async function findPictures(
  folder: string,
  canaries: readonly (string | Buffer)[] = [],
): Promise<readonly string[]> {
  const marks = [...STARTS, ...canaries];
  const found: string[] = [];
  for await (const { name, bytes } of filesBelow(folder)) {
    if (marks.some((mark) => bytes.includes(mark))) found.push(name);
  }
  return found;
}
