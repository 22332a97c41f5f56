import type { Metrics } from "../telemetry/metrics.ts";
import type { AnsweredCall } from "./answer-call.ts";

/** Adds an answered call to the metrics. `actions` are the names that may become labels. */
export function measureCall(
  metrics: Metrics,
  answer: AnsweredCall,
  about: { readonly durationMs: number; readonly actions: readonly string[] },
): void {
  const { code, fault, facts, rejection } = answer;
  const action = about.actions.find((name) => name === facts.action) ?? "other";
  metrics.count("requests", { action, code: code ?? "OK" });
  metrics.observe(
    "requestSeconds",
    { action, outcome: outcomeOf(code, fault) },
    about.durationMs / 1000,
  );
  if (rejection !== undefined) metrics.count("rejected", { reason: rejection });
  if (code?.startsWith("AuthFailure.")) metrics.count("authFailures", { code });
  if (typeof facts.skewSeconds === "number" && facts.account !== undefined) {
    metrics.observe("clockSkewSeconds", {}, Math.abs(facts.skewSeconds));
  }
  for (const [span, ms] of spansOf(facts)) metrics.observe("spanSeconds", { span }, ms / 1000);
}

function outcomeOf(code: string | undefined, fault: unknown): string {
  if (code === undefined) return "ok";
  return fault === undefined ? "refused" : "failed";
}

/** The names of steps are the engine's own list, so they may be labels. */
function spansOf(facts: AnsweredCall["facts"]): [string, number][] {
  const { stepMs, queueMs } = facts as {
    readonly stepMs?: Readonly<Record<string, number>>;
    readonly queueMs?: number;
  };
  const queue: [string, number][] = queueMs === undefined ? [] : [["queue", queueMs]];
  return [...queue, ...Object.entries(stepMs ?? {})];
}
