import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { AppError } from "../base/app-error.ts";
import type { ConfigOf } from "../base/setting.ts";
import type { HTTP_SETTINGS } from "./config.ts";
import { limitFailedAuthentications } from "./failed-authentications.ts";
import type { ServerParts } from "./server.ts";
import { createServer } from "./server.ts";

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** `http://host:port`. */
  readonly address: string;
  /**
   * Serves on for the configured delay, then stops listening and waits for running calls; what is not answered within the configured time is cut off.
   * Open connections are told to close with their next answer.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The port to try when none is configured. */
const USUAL_PORT = 8080;

/** Makes the server and listens. Throws `configuration-invalid` when the configured place cannot be had. */
export async function startServer(
  config: ConfigOf<typeof HTTP_SETTINGS>,
  parts: ServerParts,
): Promise<RunningServer> {
  let isStopping = false;
  const isReady = () => parts.isReady() && !isStopping;
  const monotonicMs = () => performance.now();
  const failures = limitFailedAuthentications(config.authFailuresPerSecond, monotonicMs);
  const app = await listen(config, () => {
    const server = createServer(config, { ...parts, isReady, failures });
    return server.addHook("onRequest", async (_, reply) => {
      if (isStopping) reply.header("connection", "close");
    });
  });
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return {
    address: `http://${host}:${port}`,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      if (config.stopDelayMs > 0) await sleep(config.stopDelayMs);
      const cut = setTimeout(() => app.server.closeAllConnections(), config.stopTimeoutMs);
      await app.close();
      clearTimeout(cut);
    },
  };
}

/** A server that failed to listen cannot try again, so each port gets a new one. */
async function listen(
  { host, port }: ConfigOf<typeof HTTP_SETTINGS>,
  create: () => FastifyInstance,
): Promise<FastifyInstance> {
  const first = create();
  try {
    await first.listen({ host, port: port ?? USUAL_PORT });
    return first;
  } catch (error) {
    await first.close();
    const { code } = error as NodeJS.ErrnoException;
    if (port !== undefined || code !== "EADDRINUSE") {
      throw new AppError(
        "configuration-invalid",
        `Cannot listen on ${host}, port ${port ?? USUAL_PORT} (${code}). Set FACELOOM_HTTP_HOST and FACELOOM_HTTP_PORT; port 0 takes any free one.`,
        { cause: error },
      );
    }
  }
  const second = create();
  await second.listen({ host, port: 0 });
  return second;
}
