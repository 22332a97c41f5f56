import { readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { AppError } from "../base/app-error.ts";
import { readPictureHeader } from "../imaging/picture-header.ts";

/** Reads a file, `-` being standard input. Throws `picture-missing` with the system's reason. */
export async function readInputFile(file: string): Promise<Uint8Array> {
  try {
    return file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (cause) {
    throw new AppError("picture-missing", `${file} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/** Reads a picture file and checks format and size by its header, so that a fault names the file. */
export async function readCheckedPicture(file: string): Promise<Uint8Array> {
  const bytes = await readInputFile(file);
  await withFileName(file, async () => readPictureHeader(bytes));
  return bytes;
}

/** Writes a file, `-` being standard output. Throws `resources-exhausted` with the system's reason. */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  try {
    if (file !== "-") return await writeFile(file, bytes);
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  } catch (cause) {
    throw new AppError("resources-exhausted", `${file} cannot be written: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/** Runs work on a file's content and puts the file's name before the message of what it throws. */
export async function withFileName<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError(cause.reason, `${file}: ${cause.message}`, { cause });
  }
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  ENOSPC: "no space left",
  ENOTDIR: "a part of its path is not a folder",
};

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return SYSTEM_REASONS[code ?? ""] ?? message;
}
