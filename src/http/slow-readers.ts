import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** Cuts off callers that do not take their answers: each holds its answer's memory as long as it likes. */
export interface SlowReaders extends Disposable {
  /**
   * Returns the body of an answer as it is to be sent, and destroys the connection when the caller takes it too slowly.
   * The connection takes one part after the other, so that large answers never lie in its buffer whole.
   */
  watch(answer: ServerResponse, pieces: Pieces): Readable;
}

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** An answer on its way. */
interface Underway {
  readonly startedMs: number;
  bytesTaken: number;
  /** When the connection last took a part. */
  lastMs: number;
}

/** How long an answer may stand still, and how long it may take beside its bytes. */
const GRACE_MS = 20_000;
/** No network of today is slower than this for long; who reads slower does it on purpose. */
const MIN_BYTES_PER_SECOND = 16 * 1024;
const CHECK_MS = 1_000;
const PIECE_BYTES = 64 * 1024;

/** Starts watching; `nowMs` must not jump. */
export function watchSlowReaders(nowMs: () => number): SlowReaders {
  const underway = new Map<ServerResponse, Underway>();
  const isTooSlow = ({ bytesTaken, startedMs, lastMs }: Underway): boolean => {
    // The kernel takes some megabytes at once of a caller that reads nothing: these give no more time.
    if (nowMs() - lastMs > GRACE_MS) return true;
    return nowMs() - startedMs > GRACE_MS + (bytesTaken / MIN_BYTES_PER_SECOND) * 1_000;
  };
  const timer = setInterval(() => {
    for (const [answer, one] of underway) if (isTooSlow(one)) answer.destroy();
  }, CHECK_MS).unref();
  return {
    watch(answer, pieces) {
      const one: Underway = { startedMs: nowMs(), bytesTaken: 0, lastMs: nowMs() };
      underway.set(answer, one);
      const forget = (): void => void underway.delete(answer);
      answer.once("finish", forget);
      answer.once("close", forget);
      const note = (bytes: number): void => {
        one.bytesTaken += bytes;
        one.lastMs = nowMs();
      };
      return Readable.from(cutSmall(pieces, note), { objectMode: false });
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

async function* cutSmall(
  pieces: Pieces,
  onTaken: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      const part = piece.subarray(at, at + PIECE_BYTES);
      // It is asked for the next part when the one before has gone on.
      yield part;
      onTaken(part.length);
    }
  }
}
