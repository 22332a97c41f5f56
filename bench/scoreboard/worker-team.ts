import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Task, WorkerOptions } from "./outcome.ts";

/** Several worker processes that share one list of tasks. */
export interface WorkerTeam extends Disposable {
  /** Runs all tasks, each on the next free process; answers in the order of the tasks. */
  run(tasks: readonly Task[], onDone?: (done: number) => void): Promise<Answer[]>;
}

/** Starts worker processes and waits until each is ready. */
export async function startTeam(size: number, options: WorkerOptions): Promise<WorkerTeam> {
  const entry = new URL("./worker.ts", import.meta.url);
  const members = Array.from({ length: size }, () =>
    fork(entry, [JSON.stringify(options)], { serialization: "advanced" }),
  );
  const stop = (): void => {
    for (const member of members) member.kill();
  };
  try {
    await Promise.all(members.map((member) => nextMessage(member)));
  } catch (error) {
    stop();
    throw error;
  }
  return {
    async run(tasks, onDone) {
      const answers: Answer[] = [];
      let next = 0;
      let done = 0;
      const work = async (member: ChildProcess): Promise<void> => {
        while (next < tasks.length) {
          const at = next++;
          const reply = nextMessage(member);
          member.send(tasks[at]!);
          answers[at] = (await reply) as Answer;
          onDone?.(++done);
        }
      };
      await Promise.all(members.map(work));
      return answers;
    },
    [Symbol.dispose]: stop,
  };
}

function nextMessage(member: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      member.off("message", onMessage);
      reject(new Error(`A worker process of the bench ended with code ${code}.`));
    };
    const onMessage = (message: unknown): void => {
      member.off("exit", onExit);
      resolve(message);
    };
    member.once("exit", onExit);
    member.once("message", onMessage);
  });
}
