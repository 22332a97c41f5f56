import { mkdir, opendir, rm, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type ResultName, resultExtension } from "../result-link.ts";

/** First two digits of every id: so many folders keep each one small and let the sweep work in small portions. */
const SHARDS = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

const FILE_NAME = /^[0-9a-f]{32}\.([1-9][0-9]{0,11})\.(?:jpg|png)$/;

/** The folder of stored results: where each file lies, how much they take, and which are due. */
export interface ResultFolder {
  /** Where a result is written before it is complete. */
  draftOf(id: string): string;
  /** Where the finished result lies; the expiry is in the name so that the sweep reads names only. */
  fileOf(link: ResultName): string;
  /** Bytes of all results, as counted by {@link noteAdded} and corrected by each sweep. */
  usedBytes(): number;
  noteAdded(id: string, bytes: number): void;
  /** Deletes what has expired in the next shard and counts the rest of it; returns the number of deleted files. */
  sweepNextShard(nowMs: number): Promise<number>;
  /** Deletes every finished result whose file is due and returns how many there were. */
  removeIf(isDue: (path: string) => Promise<boolean>): Promise<number>;
}

/** How many calls of {@link ResultFolder.sweepNextShard} see every file once. */
export const SHARD_COUNT = SHARDS.length;

/**
 * Opens the folder `root`, making it (mode 0700) where needed, and deletes half-written results of an earlier run.
 * One process owns the folder.
 */
export async function openResultFolder(root: string): Promise<ResultFolder> {
  const drafts = join(root, "drafts");
  await rm(drafts, { recursive: true, force: true });
  for (const folder of [root, drafts, ...SHARDS.map((shard) => join(root, shard))]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const bytesOfShard = new Map<string, number>();
  let next = 0;
  return {
    draftOf: (id) => join(drafts, `${id}.part`),
    fileOf: ({ id, format, expiresAt }) =>
      join(root, id.slice(0, 2), `${id}.${expiresAt}.${resultExtension(format)}`),
    usedBytes: () => [...bytesOfShard.values()].reduce((sum, bytes) => sum + bytes, 0),
    noteAdded(id, bytes) {
      const shard = id.slice(0, 2);
      bytesOfShard.set(shard, (bytesOfShard.get(shard) ?? 0) + bytes);
    },
    async sweepNextShard(nowMs) {
      const shard = SHARDS[next]!;
      next = (next + 1) % SHARDS.length;
      const { keptBytes, deleted } = await sweepShard(join(root, shard), nowMs);
      bytesOfShard.set(shard, keptBytes);
      return deleted;
    },
    removeIf: (isDue) =>
      removeResultFiles(root, isDue, (shard, bytes) => {
        bytesOfShard.set(shard, Math.max(0, (bytesOfShard.get(shard) ?? 0) - bytes));
      }),
  };
}

/** Deletes every finished result below `root` whose file is due and returns how many there were. */
export async function removeResultFiles(
  root: string,
  isDue: (path: string) => Promise<boolean>,
  onShard?: (shard: string, bytes: number) => void,
): Promise<number> {
  let removed = 0;
  for (const shard of SHARDS) {
    const { bytes, files } = await removeInShard(join(root, shard), isDue);
    onShard?.(shard, bytes);
    removed += files;
  }
  return removed;
}

async function removeInShard(
  folder: string,
  isDue: (path: string) => Promise<boolean>,
): Promise<{ bytes: number; files: number }> {
  let bytes = 0;
  let files = 0;
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (!FILE_NAME.test(entry.name) || !(await isDue(path))) continue;
    const size = await sizeOf(path);
    if (size === undefined || !(await remove(path))) continue;
    bytes += size;
    files += 1;
  }
  return { bytes, files };
}

async function sweepShard(
  folder: string,
  nowMs: number,
): Promise<{ keptBytes: number; deleted: number }> {
  let keptBytes = 0;
  let deleted = 0;
  for await (const entry of await opendir(folder)) {
    const expiresAt = FILE_NAME.exec(entry.name)?.[1];
    // Files of other names are not ours to delete.
    if (expiresAt === undefined) continue;
    const path = join(folder, entry.name);
    if (nowMs >= Number(expiresAt) * 1000) {
      if (await remove(path)) deleted += 1;
    } else {
      keptBytes += (await sizeOf(path)) ?? 0;
    }
  }
  return { keptBytes, deleted };
}

/** Deletes a file; false when the sweep, a request or a command of the operator's was quicker. */
async function remove(path: string): Promise<boolean> {
  return await ifThere(async () => {
    await unlink(path);
    return true;
  }, false);
}

/** Returns a file's size in bytes; undefined when it is gone. */
async function sizeOf(path: string): Promise<number | undefined> {
  return await ifThere(async () => (await stat(path)).size, undefined);
}

async function ifThere<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return otherwise;
    throw error;
  }
}
