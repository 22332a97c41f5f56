import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A web server on the loopback interface that takes its time and counts who is there. */
export interface CountingOrigin extends AsyncDisposable {
  readonly port: number;
  /** Most requests that were open at once. */
  mostOpen(): number;
}

/** Starts an origin that answers every request after `delayMs`. */
export async function startCountingOrigin(delayMs: number): Promise<CountingOrigin> {
  let open = 0;
  let mostOpen = 0;
  const server = createServer(async (_, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    await sleep(delayMs);
    // Counted as gone before the answer is: who comes next may be quicker than this process.
    open -= 1;
    response.end("0123456789");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mostOpen: () => mostOpen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
