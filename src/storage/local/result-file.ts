import { constants } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import type { StoredResult } from "../storage.ts";

/** What a file says besides the picture. */
export interface ResultNote {
  readonly accountId: string;
  readonly requestId: string;
}

/** Longest note read: ids are short, so more means that the file is not ours. */
const MAX_NOTE_BYTES = 4096;

/**
 * Writes a result: one line of JSON with the note, then the picture. It appears at `target` whole or not at all;
 * `draft` is where it is written first and must be in the same file system.
 */
export async function writeResultFile(
  draft: string,
  target: string,
  result: StoredResult,
): Promise<void> {
  const { accountId, requestId } = result;
  const note = Buffer.from(`${JSON.stringify({ accountId, requestId } satisfies ResultNote)}\n`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(draft, flags, 0o600);
  try {
    try {
      await file.writeFile(note);
      await file.writeFile(result.bytes);
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await unlink(draft).catch(() => undefined); // the first error says more
    throw error;
  }
}

/** Reads a result back; undefined when there is none, when it is a symbolic link, or when it is not one of ours. */
export async function readResultFile(
  path: string,
): Promise<{ readonly note: ResultNote; readonly bytes: Buffer } | undefined> {
  const content = await readWhole(path);
  const noteEnd = content?.subarray(0, MAX_NOTE_BYTES).indexOf(0x0a) ?? -1;
  if (content === undefined || noteEnd < 0) return undefined;
  const note = parseNote(content.toString("utf8", 0, noteEnd));
  return note && { note, bytes: content.subarray(noteEnd + 1) };
}

/** Reads who a result belongs to without reading the picture; undefined as in {@link readResultFile}. */
export async function readResultNote(path: string): Promise<ResultNote | undefined> {
  const start = await readStart(path);
  const noteEnd = start?.indexOf(0x0a) ?? -1;
  return start === undefined || noteEnd < 0
    ? undefined
    : parseNote(start.toString("utf8", 0, noteEnd));
}

async function readWhole(path: string): Promise<Buffer | undefined> {
  return await readIfOurs(path, (file) => file.readFile());
}

async function readStart(path: string): Promise<Buffer | undefined> {
  return await readIfOurs(path, async (file) => {
    const { bytesRead, buffer } = await file.read(
      Buffer.alloc(MAX_NOTE_BYTES),
      0,
      MAX_NOTE_BYTES,
      0,
    );
    return buffer.subarray(0, bytesRead);
  });
}

async function readIfOurs(
  path: string,
  read: (file: FileHandle) => Promise<Buffer>,
): Promise<Buffer | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ELOOP is what O_NOFOLLOW says of a symbolic link, EISDIR is a directory put there by hand.
    if (code === "ENOENT" || code === "ELOOP" || code === "EISDIR") return undefined;
    throw error;
  }
}

function parseNote(text: string): ResultNote | undefined {
  try {
    const note: Partial<Record<keyof ResultNote, unknown>> | null = JSON.parse(text);
    const { accountId, requestId } = note ?? {};
    if (typeof accountId !== "string" || typeof requestId !== "string") return undefined;
    return { accountId, requestId };
  } catch {
    return undefined; // a half-written or foreign file counts as no result
  }
}
