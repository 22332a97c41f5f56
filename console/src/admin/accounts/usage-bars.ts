import type { DayUsage } from "../admin-answers.ts";
import { ACTIONS } from "./offered-actions.ts";

/** One day of the chart. */
export interface UsageBar {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly calls: number;
  /** From the bottom up, each with where it begins and ends in calls. */
  readonly parts: readonly {
    readonly action: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** The chart's numbers. */
export interface UsageBars {
  readonly bars: readonly UsageBar[];
  /** In a fixed order, so that each keeps its colour. */
  readonly actions: readonly string[];
  readonly sum: number;
  readonly most: number;
  /** The axis' upper end: 1, 2 or 5 times a power of ten, at least {@link most}. */
  readonly top: number;
}

const DAYS = 31;

/** Fills the days without calls and stacks the actions of each, up to `today`. */
export function usageBars(days: readonly DayUsage[], today: string): UsageBars {
  const used = new Set(days.map(({ action }) => action));
  const usual = ACTIONS.filter((action) => used.delete(action));
  const actions = [...usual, ...[...used].sort()];
  const bars = Array.from({ length: DAYS }, (_, i): UsageBar => {
    const day = daysBefore(today, DAYS - 1 - i);
    let from = 0;
    const parts = actions.flatMap((action) => {
      const calls = days.find((one) => one.day === day && one.action === action)?.calls ?? 0;
      if (calls === 0) return [];
      const part = { action, from, to: from + calls };
      from += calls;
      return [part];
    });
    return { day, calls: from, parts };
  });
  const most = Math.max(...bars.map(({ calls }) => calls));
  const sum = bars.reduce((total, { calls }) => total + calls, 0);
  return { bars, actions, sum, most, top: roundUp(most) };
}

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

function roundUp(value: number): number {
  if (value <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value)!;
}
