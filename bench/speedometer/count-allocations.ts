import { GCProfiler, getHeapStatistics } from "node:v8";
import type { Allocated } from "./speed-case.ts";

/** Counts what the process allocates from now on; each reading starts anew. */
export interface AllocationCounter {
  read(): Allocated;
}

interface Level {
  readonly usedHeapSize: number;
  readonly externalMemory: number;
}

/** What V8's profiler reports and Node's types leave out. */
interface Collection {
  readonly beforeGC: { readonly heapStatistics: Level };
  readonly afterGC: { readonly heapStatistics: Level };
}

/**
 * Starts counting: the memory in use rises by allocations only, and V8 tells its level before and after each collection, so
 * that all rises between collections add up to what was allocated. Buffers that a collection frees while the program
 * runs on hide as much of what is allocated meanwhile: the sum is a lower bound.
 */
export function countAllocations(): AllocationCounter {
  let profiler = new GCProfiler();
  let from = levelNow();
  profiler.start();
  return {
    read() {
      const collections = (profiler.stop()?.statistics ?? []) as unknown as readonly Collection[];
      const rises = { heapBytes: 0, bufferBytes: 0 };
      const rise = (to: Level): void => {
        rises.heapBytes += Math.max(0, to.usedHeapSize - from.usedHeapSize);
        rises.bufferBytes += Math.max(0, to.externalMemory - from.externalMemory);
      };
      for (const { beforeGC, afterGC } of collections) {
        rise(beforeGC.heapStatistics);
        from = afterGC.heapStatistics;
      }
      rise(levelNow());
      profiler = new GCProfiler();
      profiler.start();
      from = levelNow();
      return rises;
    },
  };
}

function levelNow(): Level {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return { usedHeapSize: used_heap_size, externalMemory: external_memory };
}
