import type { Server } from "node:http";

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
