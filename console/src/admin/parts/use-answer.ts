import { useCallback, useEffect, useState } from "preact/hooks";
import { callAdmin } from "../call-admin.ts";

/** What a page asked for. */
export interface Asked<T> {
  /** The last answer; it stays while the next one is on its way. */
  readonly answer: T | undefined;
  /** Why the last request failed. */
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** Asks the operator's API for `path`, again on `reload` and every `everyMs`. */
export function useAnswer<T>(path: string, everyMs?: number): Asked<T> {
  const [state, setState] = useState<{ path: string; answer?: T; problem?: string }>({ path });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    let isOver = false;
    callAdmin<T>("GET", path).then(
      (answer) => isOver || setState({ path, answer }),
      ({ message: problem }: Error) =>
        isOver || setState((old) => (old.path === path ? { ...old, problem } : { path, problem })),
    );
    return () => {
      isOver = true;
    };
  }, [path, round]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  // An answer to an earlier path is not one to this.
  const isCurrent = state.path === path;
  return { answer: isCurrent ? state.answer : undefined, problem: state.problem, reload };
}
