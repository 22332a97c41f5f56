import { hash } from "node:crypto";

/** Work enough to be interrupted like any other. */
const WORK_MS = 100;
const BLOCK = Buffer.alloc(64 * 1024);

/**
 * Returns how many times longer work takes now than it would on a machine that does nothing else: 1 there, 10 where ten
 * others want each core. Takes a tenth of a second of processor time.
 */
export function measureSlowdown(): number {
  const startedMs = performance.now();
  const before = process.threadCpuUsage();
  let workMs = 0;
  while (workMs < WORK_MS) {
    hash("sha256", BLOCK);
    const { user, system } = process.threadCpuUsage(before);
    workMs = (user + system) / 1000;
  }
  return Math.max(1, (performance.now() - startedMs) / workMs);
}
