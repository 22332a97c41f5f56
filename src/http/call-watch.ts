import type { LogFields } from "../telemetry/logger.ts";

/** Somebody who follows the calls of accounts, for instance to show them their own. */
export interface CallWatch {
  /** A call with sound parameters begins its work; returns who is to be told of the work's steps. */
  begin(call: WatchedCall): (step: string) => void;
  /** A call was answered; calls whose signature did not fit are not told. */
  end(answered: WatchedAnswer): void;
}

/** A call whose signature and parameters have been checked. */
export interface WatchedCall {
  readonly requestId: string;
  readonly accountId: string;
  /** The caller's own word for the call, if it wants to follow it. */
  readonly followAs: string | undefined;
  readonly parameters: unknown;
}

/** How a call ended; `facts` are those of the log, without any content. */
export interface WatchedAnswer {
  readonly requestId: string;
  readonly accountId: string;
  /** When it was answered, Unix ms. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly resultBytes: number;
  /** The wire's error code; undefined for success. */
  readonly code: string | undefined;
  readonly facts: LogFields;
}
