import { fork } from "node:child_process";
import { once } from "node:events";

/** A process in the background that watches something and tells of it when asked. */
export interface WatchingProcess<Reading> extends AsyncDisposable {
  /** Returns what was seen since the last reading and starts anew. */
  read(): Promise<Reading>;
}

/** Starts a file as such a process; it must answer every message with a reading. */
export async function startWatchingProcess<Reading>(
  file: string,
): Promise<WatchingProcess<Reading>> {
  const child = fork(file, { execArgv: [] });
  const read = async (): Promise<Reading> => {
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
