import { STORAGE_SETTINGS } from "../../src/storage/config.ts";
import { createLocalStorage } from "../../src/storage/local/local-storage.ts";
import { defaultsOf } from "../support/default-settings.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import {
  CONFORMANCE_QUOTA_BYTES,
  CONFORMANCE_TTL_SECONDS,
  describeStorage,
} from "./describe-storage.ts";

describeStorage("local", async (nowMs) => {
  const folder = await createTemporaryFolder();
  const config = {
    ...defaultsOf(STORAGE_SETTINGS),
    ttlSeconds: CONFORMANCE_TTL_SECONDS,
    quotaBytes: CONFORMANCE_QUOTA_BYTES,
    minFreeBytes: 0,
  };
  const storage = await createLocalStorage(config, { dataDir: folder.path, nowMs });
  return {
    put: (result) => storage.put(result),
    open: (path) => storage.open(path),
    remove: (owner) => storage.remove(owner),
    figures: () => storage.figures(),
    async [Symbol.asyncDispose]() {
      await storage[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});
