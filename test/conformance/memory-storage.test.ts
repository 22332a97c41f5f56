import { randomBytes } from "node:crypto";
import { createMemoryStorage } from "../../src/storage/memory/memory-storage.ts";
import {
  CONFORMANCE_QUOTA_BYTES,
  CONFORMANCE_TTL_SECONDS,
  describeStorage,
} from "./describe-storage.ts";

describeStorage("memory", async (nowMs) =>
  createMemoryStorage(
    { ttlSeconds: CONFORMANCE_TTL_SECONDS, quotaBytes: CONFORMANCE_QUOTA_BYTES },
    { key: randomBytes(32), nowMs },
  ),
);
