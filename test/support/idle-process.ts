// A process that does nothing but watch its own event loop: what delays it, delays every program on the machine.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type EventLoopDelay, watchEventLoop } from "../../src/telemetry/event-loop.ts";

/** An idle process in the background. */
export interface IdleProcess extends AsyncDisposable {
  /** Returns the delays since the last reading and starts anew. */
  read(): Promise<EventLoopDelay>;
}

const THIS_FILE = fileURLToPath(import.meta.url);

/** Starts an idle process. */
export async function startIdleProcess(): Promise<IdleProcess> {
  const child = fork(THIS_FILE, { execArgv: [] });
  const read = async (): Promise<EventLoopDelay> => {
    const answer = once(child, "message");
    child.send("read");
    return (await answer)[0];
  };
  await read();
  return {
    read,
    async [Symbol.asyncDispose]() {
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

if (process.argv[1] === THIS_FILE && process.send !== undefined) {
  const watch = watchEventLoop();
  process.on("message", () => process.send!(watch.read()));
}
