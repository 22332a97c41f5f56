/** Who waits for a job. */
export interface JobCall {
  /** When it aborts, a queued job never starts and a running one is killed. */
  readonly signal?: AbortSignal;
  /** Whose job it is: callers take turns for the workers. */
  readonly caller?: string;
  readonly onStep?: (name: string) => void;
}
