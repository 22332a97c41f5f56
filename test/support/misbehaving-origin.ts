import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";

/** What the origin sends where it behaves: not a picture, the downloader does not look. */
export const ORIGIN_BODY = Buffer.from("0123456789".repeat(1000));

/** A loopback HTTP server whose path chooses how it behaves. */
export interface MisbehavingOrigin extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly base: string;
  readonly requests: IncomingMessage[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Connections open now. */
  readonly open: () => number;
}

type Mode = (response: ServerResponse, request: IncomingMessage) => void;

const MODES: Readonly<Record<string, Mode>> = {
  "/good": (response) => response.end(ORIGIN_BODY),
  "/good-chunked": (response) => {
    response.write(ORIGIN_BODY.subarray(0, 4000));
    response.end(ORIGIN_BODY.subarray(4000));
  },
  "/silent": () => undefined,
  "/header-drip": (_, request) => drip(request.socket, "HTTP/1.1 200 OK\r\nX-A: ", "a"),
  "/body-drip": (_, request) =>
    drip(request.socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "a"),
  "/body-stalls": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("abc");
  },
  "/endless": (response) => {
    const block = Buffer.alloc(256 * 1024, 1);
    const pump = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on("drain", pump);
    pump();
  },
  "/announces-too-much": (response) => {
    response.writeHead(200, { "content-length": String(2 ** 40) });
    response.write("abc");
  },
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "10000" });
    response.write(ORIGIN_BODY.subarray(0, 5000), () => response.destroy());
  },
  "/cut-chunked": (response) => {
    response.write(ORIGIN_BODY.subarray(0, 5000), () => response.destroy());
  },
  "/empty": (response) => response.end(),
  "/gzip": (response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync(ORIGIN_BODY));
  },
  "/garbage": (_, request) => request.socket.end("this is not HTTP\r\n\r\n"),
  "/big-headers": (response) => response.writeHead(200, { "x-big": "a".repeat(100_000) }).end("a"),
  "/informational-flood": (_, request) =>
    drip(request.socket, "", "HTTP/1.1 103 Early Hints\r\n\r\n"),
  "/loop": (response) => response.writeHead(302, { location: "/loop" }).end(),
  "/to-long": (response) => response.writeHead(302, { location: `/${"a".repeat(5000)}` }).end(),
  "/no-location": (response) => response.writeHead(302).end(),
  "/hops/0": (response) => response.end(ORIGIN_BODY),
};

/** Starts the origin on a free port of 127.0.0.1. `/status/<n>`, `/hops/<n>` and `/to?<url>` also exist. */
export async function startMisbehavingOrigin(): Promise<MisbehavingOrigin> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    modeOf(request.url ?? "/")(response, request);
  });
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    base: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function modeOf(path: string): Mode {
  const [, kind, value] = /^\/(status|hops)\/(\d+)$/.exec(path) ?? [];
  if (kind === "status") return (response) => response.writeHead(Number(value)).end("text");
  if (kind === "hops" && value !== "0") {
    return (response) => response.writeHead(301, { location: `${Number(value) - 1}` }).end("moved");
  }
  if (path.startsWith("/to?")) {
    return (response) => {
      response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
    };
  }
  return MODES[path] ?? ((response) => response.writeHead(404).end("not here"));
}

function drip(socket: Socket, head: string, unit: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(unit), 20);
  socket.on("close", () => clearInterval(timer));
}
