/** One named piece of work of the pipeline; metrics, progress and docs/pipeline.md use the name. */
export interface Step<Work> {
  readonly name: string;
  /** One sentence for docs/pipeline.md. */
  readonly describe: string;
  /** Tells whether the step has anything to do; without it the step always runs. */
  readonly isNeeded?: (work: Work) => boolean;
  run(work: Work): void | Promise<void>;
}

/** Runs steps in order and adds each one's milliseconds to `stepMs`. */
export async function runSteps<Work>(
  steps: readonly Step<Work>[],
  work: Work,
  watch: StepWatch,
): Promise<void> {
  for (const step of steps) {
    if (step.isNeeded && !step.isNeeded(work)) continue;
    watch.onStep?.(step.name);
    const startedMs = performance.now();
    await step.run(work);
    watch.stepMs[step.name] = (watch.stepMs[step.name] ?? 0) + performance.now() - startedMs;
  }
}

/** Who is told of the progress, and where times are added up. */
export interface StepWatch {
  readonly onStep?: ((name: string) => void) | undefined;
  readonly stepMs: Record<string, number>;
}
