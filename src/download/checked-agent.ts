import type { LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import type { AddressVerdict } from "./address-rules.ts";
import type { DownloadConfig } from "./config.ts";
import type { HostAddress } from "./resolve-host.ts";

/**
 * Makes an agent for one request: it connects to the checked `addresses` only, whatever DNS says by then, and asks
 * `judge` about the address it really got. It shares no connection with any other request, so a socket that was
 * checked for one host never serves another.
 */
export function createCheckedAgent(
  addresses: readonly HostAddress[],
  judge: (address: string) => AddressVerdict,
  config: DownloadConfig,
): Agent {
  const connect = buildConnector({
    timeout: config.connectTimeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    lookup: pinnedLookup(addresses),
  });
  return new Agent({
    connections: 1,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: config.firstByteTimeoutMs,
    bodyTimeout: config.idleTimeoutMs,
    connect(options, callback) {
      connect(options, (error, socket) => {
        if (error) return callback(error, null);
        if (judge(socket.remoteAddress ?? "") !== "refused") return callback(null, socket);
        socket.destroy();
        callback(new Error("The connection led to a refused address."), null);
      });
    },
  });
}

function pinnedLookup(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}
