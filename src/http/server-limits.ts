import type { Server } from "node:http";
import type { Socket } from "node:net";
import { isOwnMachine } from "../base/own-machine.ts";
import type { ConfigOf } from "../base/setting.ts";
import type { HTTP_SETTINGS } from "./config.ts";

/** Sets Node's own limits, all by hand so that a new version's defaults change nothing. */
export function setServerLimits(server: Server): void {
  server.headersTimeout = 5_000;
  // 10 MB over 1 Mbit/s take 80 s.
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 5_000;
  server.timeout = 0;
  server.maxHeadersCount = 64;
  server.maxConnections = 2_048;
}

/**
 * Closes further connections of an address that has its share of them. The own machine is exempt: there a proxy may be,
 * for which everybody has its address.
 */
export function limitConnections(
  server: Server,
  config: Pick<ConfigOf<typeof HTTP_SETTINGS>, "maxConnectionsPerAddress">,
): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    const limit = config.maxConnectionsPerAddress;
    const count = open.get(address) ?? 0;
    if (limit > 0 && count >= limit && !isOwnMachine(address)) {
      socket.destroy();
      return;
    }
    open.set(address, count + 1);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
