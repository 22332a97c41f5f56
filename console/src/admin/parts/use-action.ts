import { useState } from "preact/hooks";

/** Something that the operator sets off. */
export interface Action {
  /** Runs it; what it throws becomes the problem. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
}

/** Keeps whether an action runs and why the last one failed. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }
  return { run, isBusy, problem };
}
