import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Where a running server listens, for commands that are started beside it. */
export interface Listeners {
  /** The API, `http://host:port`. */
  readonly api: string;
  readonly ops?: string | undefined;
  readonly admin?: string | undefined;
}

const NAME = "listeners.json";

/** Writes the file for as long as the server listens; disposing takes it away. */
export async function announceListeners(
  dataDir: string,
  listeners: Listeners,
): Promise<AsyncDisposable> {
  const file = path.join(dataDir, NAME);
  const draft = `${file}.part`;
  await writeFile(draft, `${JSON.stringify(listeners)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

/** Returns where the server on this data folder listens; undefined when none does. */
export async function readListeners(dataDir: string): Promise<Listeners | undefined> {
  try {
    return JSON.parse(await readFile(path.join(dataDir, NAME), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
