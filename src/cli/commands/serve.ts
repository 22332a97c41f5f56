import { once } from "node:events";
import { access, constants, mkdir } from "node:fs/promises";
import { type App, type AppParts, createApp } from "../../app.ts";
import { AppError, isAppError } from "../../base/app-error.ts";
import type { Config, ReadConfig } from "../../config/config.ts";
import { readConfig } from "../../config/config.ts";
import { processEnvironment } from "../../config/environment.ts";
import { createLiveConfig } from "../../config/live-config.ts";
import { writeEffective } from "../../config/write-settings.ts";
import type { EnsureModelsOptions } from "../../models/ensure-models.ts";
import { ensureModels, ensureOptionalModel } from "../../models/ensure-models.ts";
import { modelsDirOf } from "../../models/models-dir.ts";
import { createLogSink } from "../../telemetry/log-sink.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { createLogger } from "../../telemetry/logger.ts";
import type { Command } from "../command.ts";
import { forbidCoreDumps } from "../serve/forbid-core-dumps.ts";
import { reloadOnSignal } from "../serve/reload-on-signal.ts";

/** Exit code for a configuration that cannot be used (`EX_CONFIG` of sysexits.h). */
const BAD_CONFIGURATION = 78;

/** How long the last log lines may take to be read. */
const LAST_WORDS_MS = 1_000;

/** `faceloom serve`: the server, until a signal. Settings come from a file, the environment and the command line. */
export const serveCommand: Command = {
  usage: "serve [--config FILE] [--set NAME=VALUE ...] [--check-config | --print-config]",
  describe:
    "Runs the server until SIGTERM or SIGINT. It is configured by a file, by FACELOOM_* environment variables and by --set, each\n" +
    "of which wins over the ones before; see docs/configuration.md. SIGHUP has the live settings read again.",
  options: {
    config: {
      value: "FILE",
      describe: "Configuration file, YAML or JSON, in place of FACELOOM_CONFIG",
    },
    set: {
      value: "NAME=VALUE",
      describe: "A setting by the name that it has in files, as http.port=8081",
      isRepeatable: true,
    },
    "check-config": {
      describe: "Only check the configuration: exit code 0, or 78 with every fault",
    },
    "print-config": {
      describe: "Only print the configuration in effect and where each value stands",
    },
  },
  maxPositionals: 0,
  async run(args) {
    const sets = args.inOrder.flatMap(({ name, value }) => (name === "set" ? [value] : []));
    const environment = processEnvironment();
    const read = () => readConfig({ environment, file: args.text("config"), sets });
    return await withExitCode(async () => {
      if (args.has("check-config")) return check(read());
      if (args.has("print-config")) return print(read());
      return await serve(read);
    });
  },
};

/** Runs the server with the settings of the environment until a signal and returns the exit code. */
export async function runServer(replaced: Replaced): Promise<number> {
  const environment = processEnvironment();
  const read = () => readConfig({ environment, file: undefined, sets: [] });
  return await withExitCode(() => serve(read, replaced));
}

/** Parts of the server that tests replace. */
type Replaced = Pick<AppParts, "engineModule">;

async function withExitCode(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || error.reason !== "configuration-invalid") throw error;
    process.stderr.write(`faceloom: ${error.message}\n`);
    return BAD_CONFIGURATION;
  }
}

function check({ settings }: ReadConfig): number {
  const given = settings.filter(({ origin }) => origin !== undefined);
  process.stdout.write(
    `The configuration is valid; ${given.length} settings are not the default.\n`,
  );
  return 0;
}

function print({ settings }: ReadConfig): number {
  process.stdout.write(writeEffective(settings));
  return 0;
}

async function serve(read: () => ReadConfig, replaced: Replaced = {}): Promise<number> {
  const live = createLiveConfig(read());
  const { config } = live;
  const log = createLogSink(process.stderr);
  const logger = createLogger(config.telemetry.logLevel, log);
  announce(config, logger);
  await forbidCoreDumps(logger);
  const stopped = stopSignal();
  await prepareModels(config);
  const app = await createApp(config, {
    logger,
    droppedLogLines: log.droppedLines,
    ...replaced,
  });
  logger.info({ ...app.listeners }, "Listening");
  showOnce(app);
  process.stdout.write(`Faceloom is ready at ${app.address}\n`);
  reloadOnSignal({
    read,
    live,
    logger,
    onTry(isGood) {
      app.noteReload(isGood);
      logger.setLevel(config.telemetry.logLevel);
    },
  });
  logger.info({ signal: await stopped }, "Stopping: running calls may finish");
  await app[Symbol.asyncDispose]();
  logger.info({}, "Stopped");
  // Nobody may be there to read it, which must not keep the process.
  if (!(await log.flush(LAST_WORDS_MS))) process.exit(0);
  return 0;
}

/** Prints what is made at the first start and never shown again. */
function showOnce(app: App): void {
  if (app.generatedPair !== undefined) {
    const { secretId, secretKey } = app.generatedPair;
    process.stdout.write(
      `The first account was made. Its key is shown only now:\n  SecretId:  ${secretId}\n  SecretKey: ${secretKey}\n`,
    );
  }
  if (app.consoleUrl !== undefined) process.stdout.write(`Console: ${app.consoleUrl}\n`);
  if (app.generatedToken !== undefined) {
    process.stdout.write(
      `The operator's token for ${app.listeners.admin} was made. It is shown only now:\n  Token:     ${app.generatedToken}\n`,
    );
  }
}

/** Says what an operator must be able to find in the log later: versions and loosened rules. */
function announce(config: Config, logger: Logger): void {
  logger.info({ node: process.version, dataDir: config.dataDir }, "Starting");
  const { allowCidrs } = config.download;
  if (allowCidrs.length > 0) {
    logger.warn({ allowCidrs }, "Downloads may reach these addresses although they are not public");
  }
}

/** Resolves with the first signal to stop; the second one ends the process at once. */
async function stopSignal(): Promise<string> {
  const signal = await Promise.race(
    ["SIGTERM", "SIGINT"].map(async (name) => {
      await once(process, name);
      return name;
    }),
  );
  for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => process.exit(130));
  return signal;
}

/** First of all that is kept: results and keys will lie in it, so nobody else may look in. */
async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      "configuration-invalid",
      `Cannot write to the folder ${dataDir} (${code}). Set FACELOOM_DATA_DIR to one that this user may write to.`,
      { cause },
    );
  }
}

/** Builds what is missing; every model gets a line, so that a first start is seen to do something. */
async function prepareModels(config: Config): Promise<void> {
  await makeDataDir(config.dataDir);
  const options: EnsureModelsOptions = {
    modelsDir: modelsDirOf(config),
    onProgress({ role, position, count, state }) {
      if (state === "verified") return;
      process.stderr.write(`Models ${position}/${count}: ${role} ${state}\n`);
    },
  };
  await ensureModels(options);
  if (config.moderation.hasClassifier) await ensureOptionalModel("contentClassifier", options);
}
