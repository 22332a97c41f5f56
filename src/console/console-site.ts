import type { Site } from "../http/server.ts";
import type { Logger } from "../telemetry/logger.ts";
import { readPageFiles } from "./page-files.ts";
import { addPageRoutes, CONSOLE_PATH } from "./page-routes.ts";

/** Makes the console's part of the server; undefined, with a line in the log, when its pages have not been built. */
export async function createConsoleSite(
  distDir: string,
  logger: Pick<Logger, "warn">,
): Promise<Site | undefined> {
  const files = await readPageFiles(distDir);
  if (files === undefined) {
    logger.warn({ distDir }, "There is no console: its pages have not been built");
    return undefined;
  }
  return {
    home: CONSOLE_PATH,
    addRoutes: (app) => addPageRoutes(app, files),
  };
}
