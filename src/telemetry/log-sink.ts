import { once } from "node:events";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** A place for log lines that never makes the writer wait. */
export interface LogSink {
  write(line: string): void;
  /** Lines lost so far because nobody read. */
  droppedLines(): number;
  /** Waits until all lines are out; false when they are not within the time. */
  flush(timeMs: number): Promise<boolean>;
}

/** Lines that wait for a reader; beyond, new ones are dropped. */
const MAX_WAITING_BYTES = 4 * 1024 ** 2;

/**
 * Makes a sink on a stream. Node never waits for a pipe, it collects what the reader does not take; here the
 * collection is bounded, and the first line after a gap tells how many were lost.
 */
export function createLogSink(stream: Writable, maxWaitingBytes = MAX_WAITING_BYTES): LogSink {
  let dropped = 0;
  let droppedInRow = 0;
  // A reader that went away is no reason to stop; its lines count as lost.
  stream.on("error", () => undefined);
  return {
    write(line) {
      if (stream.destroyed || stream.writableLength > maxWaitingBytes) {
        dropped += 1;
        droppedInRow += 1;
        return;
      }
      if (droppedInRow > 0) stream.write(gapLine(droppedInRow));
      droppedInRow = 0;
      stream.write(line);
    },
    droppedLines: () => dropped,
    async flush(timeMs) {
      if (stream.destroyed || stream.writableLength === 0) return true;
      const drained = once(stream, "drain").then(() => true);
      const isOut = await Promise.race([drained, sleep(timeMs, false)]).catch(() => false);
      return isOut || stream.writableLength === 0;
    },
  };
}

function gapLine(lines: number): string {
  const time = new Date().toISOString();
  return `${JSON.stringify({ level: "warn", time, lines, message: "Log lines were lost: nobody read them" })}\n`;
}
