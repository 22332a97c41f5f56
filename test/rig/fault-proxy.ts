import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the proxy does to what a server sends back through it. */
export interface Fault {
  /** Milliseconds before each piece goes on. */
  readonly delayMs?: number;
  /** Bytes a second, in pieces of a tenth of that. */
  readonly bytesPerSecond?: number;
  /** Ends after so many bytes: orderly, by a reset, or by never sending anything more. */
  readonly cutAfterBytes?: number;
  readonly cutBy?: "end" | "reset" | "silence";
}

/** A TCP proxy in front of a server. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Holds for connections that are made from now on. */
  set(fault: Fault): void;
  readonly connections: () => number;
}

/** Starts a proxy on a free port of 127.0.0.1 in front of `targetPort` there. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  let fault: Fault = {};
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections += 1;
    const target = connect(targetPort, "127.0.0.1");
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    client.pipe(target);
    client.on("close", () => target.destroy());
    void passOn(target, client, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      fault = next;
    },
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn(from: Socket, to: Socket, fault: Fault): Promise<void> {
  let left = fault.cutAfterBytes ?? Number.POSITIVE_INFINITY;
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (const piece of piecesOf(chunk.subarray(0, left), fault)) {
        await waitFor(piece, fault);
        to.write(piece);
      }
      left -= chunk.length;
      if (left <= 0) return cut(to, fault);
    }
    to.end();
  } catch {
    to.destroy(); // one side is gone
  }
}

function piecesOf(chunk: Buffer, { bytesPerSecond }: Fault): Buffer[] {
  const length = bytesPerSecond === undefined ? chunk.length : Math.ceil(bytesPerSecond / 10);
  const pieces: Buffer[] = [];
  for (let at = 0; at < chunk.length; at += length) pieces.push(chunk.subarray(at, at + length));
  return pieces;
}

async function waitFor(piece: Buffer, { delayMs = 0, bytesPerSecond }: Fault): Promise<void> {
  const paceMs = bytesPerSecond === undefined ? 0 : (piece.length / bytesPerSecond) * 1000;
  if (delayMs + paceMs > 0) await sleep(delayMs + paceMs);
}

function cut(to: Socket, { cutBy = "end" }: Fault): void {
  if (cutBy === "end") to.end();
  else if (cutBy === "reset") to.resetAndDestroy();
}
