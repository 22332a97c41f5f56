import { execFile } from "node:child_process";
import { pid } from "node:process";
import { promisify } from "node:util";
import type { Logger } from "../../telemetry/logger.ts";

const run = promisify(execFile);

/**
 * Turns core dumps of this process off, and of those that it starts: a core would hold callers' pictures and keys. Node has
 * no call for that; util-linux has a program, and where it is missing the log says so.
 */
export async function forbidCoreDumps(logger: Pick<Logger, "warn">): Promise<void> {
  try {
    await run("prlimit", ["--pid", String(pid), "--core=0:0"]);
  } catch (error) {
    logger.warn({ error }, "Core dumps could not be switched off; have the runtime forbid them");
  }
}
