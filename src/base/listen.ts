import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "./app-error.ts";

/** Where a listener is to be. */
export interface ListenPlace {
  readonly host: string;
  /** What the operator chose; 0 takes any free port. */
  readonly port: number | undefined;
  /** Tried when nothing was chosen; if it is taken, any free port will do. */
  readonly usualPort: number;
  /** The settings to name when it fails. */
  readonly settings: string;
}

/** Listens and returns `http://host:port`. Throws `configuration-invalid` when the chosen place cannot be had. */
export async function listenAt(server: Server, place: ListenPlace): Promise<string> {
  const { host, port, usualPort, settings } = place;
  try {
    await tryPort(server, host, port ?? usualPort);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (port !== undefined || code !== "EADDRINUSE") {
      throw new AppError(
        "configuration-invalid",
        `Cannot listen on ${host}, port ${port ?? usualPort} (${code}). Set ${settings}; port 0 takes any free one.`,
        { cause: error },
      );
    }
    await tryPort(server, host, 0);
  }
  const { port: taken } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;
}

async function tryPort(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}
