import type { Screening } from "../fusion/fusion-options.ts";
import type { FusionRequest } from "../fusion/fusion-request.ts";
import { type VisibleLabelRules, visibleLabelFor } from "../fusion/visible-label.ts";
import type { ResultOrigin } from "../labels/result-origin.ts";
import type { GatheredPictures } from "./gather-pictures.ts";
import type { FusionJob } from "./run-fusion.ts";

/** What all results say of their origin and to their viewers, whoever asked for them. */
export interface ResultLabels
  extends Omit<ResultOrigin, "produceId" | "createdAtMs">,
    VisibleLabelRules {
  readonly nowMs: () => number;
}

/** What the engine is told beside the job. */
interface EngineRules {
  readonly labels: ResultLabels;
  readonly screening?: Screening | undefined;
}

/** Makes the engine's request of a job and its pictures, with what the operator demands of every result. */
export function requestFrom(
  job: FusionJob,
  { template, users, label }: GatheredPictures,
  { labels, screening }: EngineRules,
): FusionRequest {
  const merges = job.merges.map(({ userFaceRect, templateFaceRect }, i) => ({
    user: users[i]!,
    userFaceRect,
    templateFaceRect,
  }));
  const { rect } = job.label ?? {};
  const { nowMs, visible, language, ...known } = labels;
  const asked = job.label && { ...(label && { image: label }), ...(rect && { rect }) };
  const origin = { ...known, produceId: job.requestId, createdAtMs: nowMs() };
  const shown = visibleLabelFor(asked, { visible, language });
  const options = { ...job.options, label: shown, ...(screening && { screening }) };
  return { template, merges, options, origin };
}
