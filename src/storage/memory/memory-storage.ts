import { Readable } from "node:stream";
import type { StorageConfig } from "../config.ts";
import { resultOwnerMissing, storageFull } from "../errors.ts";
import {
  createResultId,
  formatResultLink,
  isResultLinkSigned,
  parseResultLink,
} from "../result-link.ts";
import type { OpenedResult, Storage, StoredResult } from "../storage.ts";

interface Entry {
  readonly result: StoredResult;
  readonly expiresAt: number;
}

/** Makes the reference storage: it forgets everything at the end of the process and keeps `quotaBytes` at most. */
export function createMemoryStorage(
  config: Pick<StorageConfig, "ttlSeconds" | "quotaBytes">,
  parts: { readonly key: Uint8Array; readonly nowMs: () => number },
): Storage {
  const entries = new Map<string, Entry>();
  const counts = { stored: 0, deletedExpired: 0, deletedOnRequest: 0 };
  let usedBytes = 0;

  function drop(isDue: (entry: Entry) => boolean): number {
    const due = [...entries].filter(([, entry]) => isDue(entry));
    for (const [id, entry] of due) {
      entries.delete(id);
      usedBytes -= entry.result.bytes.length;
    }
    return due.length;
  }

  function dropExpired(): void {
    counts.deletedExpired += drop((entry) => parts.nowMs() >= entry.expiresAt * 1000);
  }

  return {
    async put(result) {
      dropExpired();
      if (usedBytes + result.bytes.length > config.quotaBytes) throw storageFull("quota");
      const id = createResultId();
      const lifetimeSeconds = result.lifetimeSeconds ?? config.ttlSeconds;
      const expiresAt = Math.floor(parts.nowMs() / 1000) + lifetimeSeconds;
      entries.set(id, { result: { ...result, bytes: Uint8Array.from(result.bytes) }, expiresAt });
      usedBytes += result.bytes.length;
      counts.stored += 1;
      const { format, accountId } = result;
      return { path: formatResultLink(parts.key, { id, format, expiresAt }, accountId) };
    },
    async open(path) {
      const link = parseResultLink(path);
      const entry = link && entries.get(link.id);
      if (!link || !entry) return undefined;
      if (!isResultLinkSigned(parts.key, link, entry.result.accountId)) return undefined;
      return parts.nowMs() >= link.expiresAt * 1000 ? undefined : openedOf(entry);
    },
    async remove({ accountId, requestId }) {
      if (accountId === undefined && requestId === undefined) throw resultOwnerMissing();
      const removed = drop(
        ({ result }) =>
          (accountId ?? result.accountId) === result.accountId &&
          (requestId ?? result.requestId) === result.requestId,
      );
      counts.deletedOnRequest += removed;
      return removed;
    },
    async figures() {
      dropExpired();
      const { quotaBytes } = config;
      const shortage = usedBytes >= quotaBytes ? "quota" : undefined;
      return { usedBytes, quotaBytes, disk: undefined, shortage, ...counts, sinceSweepMs: 0 };
    },
    async [Symbol.asyncDispose]() {
      entries.clear();
    },
  };
}

function openedOf({ result: { bytes, format }, expiresAt }: Entry): OpenedResult {
  return {
    byteLength: bytes.length,
    read: () => Readable.from([bytes], { objectMode: false }),
    format,
    expiresAtMs: expiresAt * 1000,
  };
}
