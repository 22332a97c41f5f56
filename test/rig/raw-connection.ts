import { connect, type Socket } from "node:net";

/** A connection that does what a slow or idle client does. */
export interface RawConnection extends Disposable {
  readonly socket: Socket;
  /** What has come back so far; at most the first kilobytes. */
  text(): string;
  /** Resolves with the milliseconds from the connection's start to the first bytes that come back, or to its end. */
  readonly answered: Promise<number>;
}

const KEPT_CHARACTERS = 4_000;

/** Connects to a server; `begin` is written at once, then `drip` once a second. */
export function openRaw(
  address: string,
  { begin = "", drip = "" }: { readonly begin?: string | Buffer; readonly drip?: string } = {},
): RawConnection {
  const { hostname, port } = new URL(address);
  const startedMs = performance.now();
  const socket = connect(Number(port), hostname);
  const answered = Promise.withResolvers<number>();
  const note = (): void => answered.resolve(performance.now() - startedMs);
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    note();
    text = (text + chunk.toString("latin1")).slice(0, KEPT_CHARACTERS);
  });
  socket.on("error", () => undefined);
  if (begin.length > 0) socket.write(begin);
  const dripping = drip === "" ? undefined : setInterval(() => socket.write(drip), 1_000);
  socket.once("close", () => {
    clearInterval(dripping);
    note();
  });
  return {
    socket,
    text: () => text,
    answered: answered.promise,
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
