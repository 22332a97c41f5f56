import { isAppError } from "../base/app-error.ts";
import { productVersion } from "../base/product-version.ts";
import type { Command } from "./command.ts";
import { parseArguments, UsageError } from "./command-arguments.ts";
import { commandHelp, overviewHelp } from "./help.ts";

/** A command's line in the overview and how to load it; loading late keeps `--help` and `--version` quick. */
export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command. README.md names each; a test compares. */
const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: "Run the server",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
  healthcheck: {
    summary: "Ask a running server how it is",
    load: async () => (await import("./commands/healthcheck.ts")).healthcheckCommand,
  },
  fuse: {
    summary: "Fuse faces into a template picture, without a server",
    load: async () => (await import("./commands/fuse.ts")).fuseCommand,
  },
  detect: {
    summary: "Find the faces of a picture and draw their boxes and landmarks",
    load: async () => (await import("./commands/detect.ts")).detectCommand,
  },
  certificate: {
    summary: "Make a certificate to try Content Credentials with",
    load: async () => (await import("./commands/certificate.ts")).certificateCommand,
  },
  inspect: {
    summary: "Print every label of a picture: implicit, visible, watermark, credentials",
    load: async () => (await import("./commands/inspect.ts")).inspectCommand,
  },
  "verify-models": {
    summary: "Build missing models and check all of them",
    load: async () => (await import("./commands/verify-models.ts")).verifyModelsCommand,
  },
  audit: {
    summary: "Read, verify and export the audit trail; delete on request",
    load: async () => (await import("./commands/audit.ts")).auditCommand,
  },
  accounts: {
    summary: "Make accounts, keys and limits, and read what was used",
    load: async () => (await import("./commands/accounts.ts")).accountsCommand,
  },
  sign: {
    summary: "Sign a request without sending it, and explain the signature",
    load: async () => (await import("./commands/sign.ts")).signCommand,
  },
  materials: {
    summary: "Import, list, review and delete the pictures that FuseFace fuses into",
    load: async () => (await import("./commands/materials.ts")).materialsCommand,
  },
  call: {
    summary: "Sign a request and send it to any endpoint of the API",
    load: async () => (await import("./commands/call.ts")).callCommand,
  },
};

/**
 * Runs `faceloom` with its arguments and returns the exit code: 0 done, 1 failed, 2 not understood. A failure is one
 * line on stderr, never a stack.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  process.stdout.on("error", ignoreClosedPipe);
  const [name = "", ...rest] = argv;
  if (name === "--version" || name === "-V") return print(`faceloom ${productVersion()}\n`);
  if (["--help", "-h", "help"].includes(name)) return print(overviewHelp(COMMANDS));
  if (name === "") {
    process.stderr.write(overviewHelp(COMMANDS));
    return 2;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) return fail(`There is no command "${name}". Try: faceloom --help`, 2);
  return runCommand(name, entry, rest);
}

async function runCommand(
  name: string,
  entry: CommandEntry,
  argv: readonly string[],
): Promise<number> {
  try {
    const command = await entry.load();
    if (argv.includes("--help") || argv.includes("-h")) return print(commandHelp(command));
    return await command.run(parseArguments(command, argv));
  } catch (error) {
    if (error instanceof UsageError) {
      return fail(`${error.message} Try: faceloom ${name} --help`, 2);
    }
    const message = error instanceof Error ? error.message : String(error);
    return fail(isAppError(error) ? message : `Unexpected failure: ${message}`, 1);
  }
}

/** Whoever reads our output may stop reading, as `head` does; that is no failure of ours. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function fail(message: string, exitCode: number): number {
  process.stderr.write(`faceloom: ${message.replaceAll("\n", " ")}\n`);
  return exitCode;
}
