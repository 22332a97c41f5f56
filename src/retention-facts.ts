import type { Config } from "./config/config.ts";
import type { RetentionFacts } from "./privacy/retention-statement.ts";

/** What decides how long anything is kept, from all over the settings. */
export function retentionFactsOf(config: Config): RetentionFacts {
  const { audit, jobs, moderation, privacy, storage } = config;
  const { isOn, keepsParameters } = config.console;
  return {
    ...privacy,
    consoleMemory: !isOn ? "none" : keepsParameters ? "pictures" : "figures",
    deadlineMs: jobs.deadlineMs,
    resultTtlSeconds: storage.ttlSeconds,
    fuseFaceResultTtlSeconds: config.actions.fuseFaceTtlSeconds,
    sweepSeconds: storage.sweepSeconds,
    audit: audit.isOn ? audit : undefined,
    moderationService: moderation.webhookUrl === undefined ? undefined : moderation.webhookSends,
  };
}
