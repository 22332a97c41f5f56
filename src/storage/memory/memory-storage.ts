import type { StorageConfig } from "../config.ts";
import { storageFull } from "../errors.ts";
import {
  createResultId,
  formatResultLink,
  isResultLinkSigned,
  parseResultLink,
} from "../result-link.ts";
import type { Storage, StoredResult } from "../storage.ts";

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
  let usedBytes = 0;

  function dropExpired(): void {
    for (const [id, entry] of entries) {
      if (parts.nowMs() < entry.expiresAt * 1000) continue;
      entries.delete(id);
      usedBytes -= entry.result.bytes.length;
    }
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
      const { format, accountId } = result;
      return { path: formatResultLink(parts.key, { id, format, expiresAt }, accountId) };
    },
    async open(path) {
      const link = parseResultLink(path);
      const entry = link && entries.get(link.id);
      if (!link || !entry) return undefined;
      if (!isResultLinkSigned(parts.key, link, entry.result.accountId)) return undefined;
      const expiresAtMs = link.expiresAt * 1000;
      if (parts.nowMs() >= expiresAtMs) return undefined;
      return { bytes: Buffer.from(entry.result.bytes), format: link.format, expiresAtMs };
    },
    async [Symbol.asyncDispose]() {
      entries.clear();
    },
  };
}
