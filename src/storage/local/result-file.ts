import { constants } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
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

/** A stored result that was found. */
export interface ResultFile {
  readonly note: ResultNote;
  /** Of the picture. */
  readonly byteLength: number;
  /** Reads the picture; fails when the file is deleted meanwhile. */
  read(): AsyncIterable<Uint8Array>;
}

/** Finds a result; undefined when there is none, when it is a symbolic link, or when it is not one of ours. */
export async function findResultFile(path: string): Promise<ResultFile | undefined> {
  const start = await readStart(path);
  const noteEnd = start?.bytes.indexOf(0x0a) ?? -1;
  if (start === undefined || noteEnd < 0) return undefined;
  const note = parseNote(start.bytes.toString("utf8", 0, noteEnd));
  const from = noteEnd + 1;
  return note && { note, byteLength: start.size - from, read: () => readFrom(path, from) };
}

/** Reads who a result belongs to; undefined as in {@link findResultFile}. */
export async function readResultNote(path: string): Promise<ResultNote | undefined> {
  return (await findResultFile(path))?.note;
}

const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW;

async function* readFrom(path: string, start: number): AsyncIterable<Uint8Array> {
  await using file = await open(path, READ_FLAGS);
  yield* file.createReadStream({ start, autoClose: false });
}

async function readStart(
  path: string,
): Promise<{ readonly bytes: Buffer; readonly size: number } | undefined> {
  try {
    await using file = await open(path, READ_FLAGS);
    const { size } = await file.stat();
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_NOTE_BYTES), 0, MAX_NOTE_BYTES);
    return { bytes: buffer.subarray(0, bytesRead), size };
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
