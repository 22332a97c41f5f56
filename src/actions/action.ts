import type { z } from "zod";
import type { AnswerMembers } from "../protocol/envelope.ts";

/** What an action knows of the call beside its parameters. */
export interface ActionContext {
  readonly requestId: string;
  readonly accountId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  /** Scheme, host and port under which callers reach this server, without a slash at the end. */
  readonly publicOrigin: string;
  /** Tells log and audit of the call early, so that it is known of calls that fail, too; never pictures or URLs. */
  readonly note: (facts: Readonly<Record<string, unknown>>) => void;
  /** Is told of the work's steps as they begin, when somebody follows them. */
  readonly onStep?: ((name: string) => void) | undefined;
}

/** What an action answers, and what it tells the log. */
export interface ActionOutcome {
  readonly members: AnswerMembers;
  /** Sizes and times; never pictures or URLs. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One operation of the API: a closed schema of its parameters and what it does. */
export interface Action<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly version: string;
  readonly parameters: S;
  /** True for look-ups, which count against no quota and no balance. */
  readonly isFree?: boolean;
  /** The action whose permission and rate hold for this one, counted apart; its own without it. */
  readonly measuredAs?: string;
  run(parameters: z.infer<S>, context: ActionContext): Promise<ActionOutcome>;
}
