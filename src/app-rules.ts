import { createRateLimit } from "./accounts/rate-limit.ts";
import type { Config } from "./config/config.ts";
import type { FusionRunnerParts } from "./jobs/run-fusion.ts";
import { readCreatorTool } from "./labels/result-origin.ts";
import { createHashListModerator } from "./moderation/hash-list/hash-list-moderator.ts";
import { createModeration, type Moderator } from "./moderation/moderation.ts";
import { createWebhookModerator } from "./moderation/webhook/webhook-moderator.ts";

/** What the operator demands of every fusion. The classifier runs where pictures are decoded: in the workers. */
export function rulesOf(
  config: Config,
  nowMs: () => number,
): Pick<FusionRunnerParts, "moderation" | "screening" | "labels"> {
  const { hasClassifier, maxUnsafePercent, roles } = config.moderation;
  return {
    moderation: createModeration(moderatorsOf(config), roles),
    screening: hasClassifier ? { roles, maxUnsafe01: maxUnsafePercent / 100 } : undefined,
    labels: { ...config.labels, creatorTool: readCreatorTool(), nowMs },
  };
}

/** What a call is held against beside its account. */
export function callRules({ accounts, protocol, http }: Config, nowMs: () => number) {
  const ratePerSecond = () => accounts.ratePerSecond;
  const { publicUrl } = http;
  return { rateLimit: createRateLimit(nowMs), ratePerSecond, nowMs, publicUrl, ...protocol };
}

/** The moderators that the settings ask for, the cheapest first. */
function moderatorsOf({ moderation }: Config): readonly Moderator[] {
  const { hashesFile, webhookUrl } = moderation;
  return [
    ...(hashesFile === undefined ? [] : [createHashListModerator(hashesFile)]),
    ...(webhookUrl === undefined
      ? []
      : [
          createWebhookModerator({
            url: webhookUrl,
            token: moderation.webhookToken,
            sends: moderation.webhookSends,
            timeoutMs: moderation.webhookTimeoutMs,
            allows: moderation.allowVerdicts,
            blocks: moderation.blockVerdicts,
          }),
        ]),
  ];
}
