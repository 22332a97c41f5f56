import { mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { StorageConfig } from "../config.ts";
import { storageFull } from "../errors.ts";
import {
  createResultId,
  formatResultLink,
  isResultLinkSigned,
  parseResultLink,
  type ResultName,
} from "../result-link.ts";
import type { Storage, StorageFigures, StoredResult } from "../storage.ts";
import { loadLinkKey } from "./link-key.ts";
import { createOwnerTest } from "./remove-stored-results.ts";
import { findResultFile, writeResultFile } from "./result-file.ts";
import { openResultFolder, type ResultFolder, SHARD_COUNT } from "./result-folder.ts";

/** What the storage needs from outside. */
export interface LocalStorageParts {
  readonly dataDir: string;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  /** Told when the sweep of expired files fails; it goes on by itself. */
  readonly onSweepError?: (error: unknown) => void;
}

/**
 * Opens the storage in `<dataDir>/results` with its key in `<dataDir>/result-link.key`; both are made at the first
 * start. Writes are not flushed to the medium: a power cut may cost the results of the last seconds, which live for a
 * day anyway. Throws `configuration-invalid` for a broken key file.
 */
export async function createLocalStorage(
  config: StorageConfig,
  parts: LocalStorageParts,
): Promise<Storage> {
  await mkdir(parts.dataDir, { recursive: true, mode: 0o700 });
  const key = await loadLinkKey(join(parts.dataDir, "result-link.key"));
  const root = join(parts.dataDir, "results");
  const folder = await openResultFolder(root);
  const sweep = startSweep(folder, config, parts);
  const counts = { stored: 0, deletedOnRequest: 0 };
  const withRoom = createRoom(folder, root, config);

  return {
    put: (result) =>
      withRoom(result.bytes.length, async () => {
        const id = createResultId();
        const lifetimeSeconds = result.lifetimeSeconds ?? config.ttlSeconds;
        const expiresAt = Math.floor(parts.nowMs() / 1000) + lifetimeSeconds;
        const name = { id, format: result.format, expiresAt };
        await write(folder, name, result);
        folder.noteAdded(id, result.bytes.length);
        counts.stored += 1;
        return { path: formatResultLink(key, name, result.accountId) };
      }),
    async open(path) {
      const link = parseResultLink(path);
      const expiresAtMs = (link?.expiresAt ?? 0) * 1000;
      if (!link || parts.nowMs() >= expiresAtMs) return undefined;
      const file = await findResultFile(folder.fileOf(link));
      if (!file || !isResultLinkSigned(key, link, file.note.accountId)) return undefined;
      return { byteLength: file.byteLength, read: file.read, format: link.format, expiresAtMs };
    },
    async remove(owner) {
      const removed = await folder.removeIf(createOwnerTest(owner));
      counts.deletedOnRequest += removed;
      return removed;
    },
    figures: async () => ({
      ...(await roomIn(folder, root, config)),
      ...counts,
      deletedExpired: sweep.deleted(),
      sinceSweepMs: sweep.sinceRoundMs(),
    }),
    async [Symbol.asyncDispose]() {
      await sweep.stop();
    },
  };
}

async function roomIn(
  folder: ResultFolder,
  root: string,
  { quotaBytes, minFreeBytes }: StorageConfig,
): Promise<Pick<StorageFigures, "usedBytes" | "quotaBytes" | "disk" | "shortage">> {
  const usedBytes = folder.usedBytes();
  const { bavail, blocks, bsize } = await statfs(root);
  const disk = { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
  const isShort = disk.freeBytes < minFreeBytes;
  const shortage = usedBytes >= quotaBytes ? "quota" : isShort ? "free-space" : undefined;
  return { usedBytes, quotaBytes, disk, shortage };
}

/** Runs the writing of so many bytes when there is room for them. */
type WithRoom = <T>(bytes: number, work: () => Promise<T>) => Promise<T>;

/** Makes what holds room for results while they are written, so that several at once do not share the same. */
function createRoom(folder: ResultFolder, root: string, config: StorageConfig): WithRoom {
  let claimedBytes = 0;
  return async (bytes, work) => {
    if (folder.usedBytes() + claimedBytes + bytes > config.quotaBytes) throw storageFull("quota");
    claimedBytes += bytes;
    try {
      const { bavail, bsize } = await statfs(root);
      if (bavail * bsize - claimedBytes < config.minFreeBytes) throw storageFull("free-space");
      return await work();
    } finally {
      claimedBytes -= bytes;
    }
  };
}

async function write(folder: ResultFolder, name: ResultName, result: StoredResult): Promise<void> {
  try {
    await writeResultFile(folder.draftOf(name.id), folder.fileOf(name), result);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isShortage = ["ENOSPC", "EDQUOT", "EIO", "EMFILE", "ENFILE", "EROFS"].includes(
      code ?? "",
    );
    throw isShortage ? storageFull("write", error) : error;
  }
}

/** The work that goes on in the background. */
interface Sweep {
  /** Files deleted so far. */
  deleted(): number;
  /** Time since the last {@link SHARD_COUNT} shards in a row were swept without a fault. */
  sinceRoundMs(): number;
  stop(): Promise<void>;
}

/** Sweeps the shards one after another, each portion small, so that a million due files never stall the loop. */
function startSweep(folder: ResultFolder, config: StorageConfig, parts: LocalStorageParts): Sweep {
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let left = SHARD_COUNT;
  let isStopped = false;
  let deleted = 0;
  let sweptInRow = 0;
  let roundMs = performance.now();

  async function step(): Promise<void> {
    try {
      deleted += await folder.sweepNextShard(parts.nowMs());
      sweptInRow += 1;
      if (sweptInRow >= SHARD_COUNT) roundMs = performance.now();
    } catch (error) {
      sweptInRow = 0;
      parts.onSweepError?.(error);
    }
    left -= 1;
    // The first round runs at once: it counts what is there and deletes what fell due while nothing ran.
    if (!isStopped) schedule(left > 0 ? 0 : (config.sweepSeconds * 1000) / SHARD_COUNT);
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      running = step();
    }, delayMs);
    timer.unref();
  }

  schedule(0);
  return {
    deleted: () => deleted,
    sinceRoundMs: () => performance.now() - roundMs,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
