import { isAppError } from "../../base/app-error.ts";
import type { ReadConfig } from "../../config/config.ts";
import type { LiveConfig } from "../../config/live-config.ts";
import type { Logger } from "../../telemetry/logger.ts";

/** What follows a reading of the configuration. */
export interface Reloading {
  readonly read: () => ReadConfig;
  readonly live: LiveConfig;
  readonly logger: Logger;
  /** Told of every try. */
  readonly onTry: (isGood: boolean) => void;
}

/** Reads the configuration again at each SIGHUP. A wrong one changes nothing: the one in effect stays. */
export function reloadOnSignal(reloading: Reloading): void {
  process.on("SIGHUP", () => reload(reloading));
}

function reload({ read, live, logger, onTry }: Reloading): void {
  try {
    const { changed, needsRestart } = live.take(read());
    onTry(true);
    logger.info({ changed }, "Configuration reloaded");
    if (needsRestart.length > 0) {
      logger.warn({ needsRestart }, "These settings change with the next start only");
    }
  } catch (error) {
    onTry(false);
    const why = isAppError(error) ? error.message : String(error);
    logger.error({ why }, "Configuration not reloaded: the one in effect stays");
  }
}
