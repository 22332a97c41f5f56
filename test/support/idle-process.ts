// A process that does nothing but watch its own event loop: what delays it, delays every program on the machine.
import { fileURLToPath } from "node:url";
import { type EventLoopDelay, watchEventLoop } from "../../src/telemetry/event-loop.ts";
import { startWatchingProcess, type WatchingProcess } from "./watching-process.ts";

const THIS_FILE = fileURLToPath(import.meta.url);

/** An idle process in the background; its readings are delays. */
export type IdleProcess = WatchingProcess<EventLoopDelay>;

/** Starts an idle process. */
export function startIdleProcess(): Promise<IdleProcess> {
  return startWatchingProcess(THIS_FILE);
}

if (process.argv[1] === THIS_FILE && process.send !== undefined) {
  const watch = watchEventLoop();
  process.on("message", () => process.send!(watch.read()));
}
