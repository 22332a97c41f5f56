import type { CallWatch } from "../http/call-watch.ts";
import type { Site } from "../http/server.ts";
import type { Logger } from "../telemetry/logger.ts";
import { type AccountEvents, createAccountEvents } from "./account-events.ts";
import { addApiRoutes } from "./api-routes.ts";
import type { ConsoleConfig } from "./config.ts";
import { type ConsoleActionParts, createConsoleActions } from "./console-actions.ts";
import { readPageFiles } from "./page-files.ts";
import { addPageRoutes, CONSOLE_PATH } from "./page-routes.ts";
import { createRecentCalls, type RecentCalls, USUAL_LIMITS } from "./recent-calls.ts";

/** What the console is made of. */
export interface ConsoleParts extends Omit<ConsoleActionParts, "calls"> {
  /** Where `scripts/build-console.ts` puts the pages. */
  readonly distDir: string;
  readonly logger: Pick<Logger, "warn">;
}

/**
 * Makes the console's part of the server; undefined when it is off, or (with a line in the log) when its pages have
 * not been built.
 */
export async function createConsoleSite(
  config: ConsoleConfig,
  parts: ConsoleParts,
): Promise<Site | undefined> {
  if (!config.isOn) return undefined;
  const files = await readPageFiles(parts.distDir);
  if (files === undefined) {
    parts.logger.warn({ distDir: parts.distDir }, "There is no console: it has not been built");
    return undefined;
  }
  const { keepsParameters } = config;
  const calls = createRecentCalls({ ...USUAL_LIMITS, keepsParameters });
  const events = createAccountEvents();
  const facts = { ...parts.facts, KeepsParameters: keepsParameters };
  const actions = createConsoleActions({ ...parts, calls, facts });
  return {
    home: CONSOLE_PATH,
    watch: createWatch(calls, events),
    addRoutes(app, answer) {
      addPageRoutes(app, files);
      addApiRoutes(app, { answer, actions, events });
    },
  };
}

/** Longer words are nobody's. */
const MAX_FOLLOW_CHARACTERS = 64;

function createWatch(calls: RecentCalls, events: AccountEvents): CallWatch {
  return {
    begin({ requestId, accountId, followAs, parameters }) {
      calls.begin(requestId, parameters);
      if (followAs === undefined || followAs.length > MAX_FOLLOW_CHARACTERS) return () => undefined;
      return (step) => events.publish(accountId, { type: "step", followAs, step });
    },
    end(answered) {
      events.publish(answered.accountId, { type: "call", call: calls.add(answered) });
    },
  };
}
