import { isAppError } from "../base/app-error.ts";

/** Why a call was turned away although nothing is wrong with it. */
export const REJECTIONS = [
  "rate",
  "queue",
  "wait",
  "downloads",
  "pixels",
  "in-flight",
  "body",
  "disk",
  "draining",
  "quarantine",
  "workers",
  "failures",
] as const;

/** One of {@link REJECTIONS}. */
export type Rejection = (typeof REJECTIONS)[number];

/**
 * Returns what a call was turned away for, or undefined for faults of another kind. Every maker of `overloaded` names
 * its bound in the details, every maker of `resources-exhausted` about disks its shortage.
 */
export function rejectionOf(error: unknown): Rejection | undefined {
  if (!isAppError(error)) return undefined;
  const { reason, details } = error;
  if (reason === "rate-exceeded") return details.bound === "failures" ? "failures" : "rate";
  if (reason === "resources-exhausted") return "shortage" in details ? "disk" : "workers";
  if (reason === "overloaded" || reason === "worker-lost") {
    return REJECTIONS.find((name) => name === details.bound);
  }
  return undefined;
}
