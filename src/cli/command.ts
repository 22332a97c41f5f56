import type { CommandArguments } from "./command-arguments.ts";

/** One `--name` of a command. */
export interface OptionSpec {
  /** What stands for the value in the help, such as FILE; without it the option is a switch. */
  readonly value?: string;
  readonly describe: string;
  /** May be given more than once. */
  readonly isRepeatable?: boolean;
}

/** A command of `faceloom`; each lives in commands/<name>.ts and is listed in cli.ts. */
export interface Command {
  /** The synopsis after `faceloom `. */
  readonly usage: string;
  /** What it does, one sentence or a few; the first line of its help. */
  readonly describe: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How many arguments without `--` it takes at most. */
  readonly maxPositionals: number;
  /**
   * Does the work and returns the exit code. An AppError or UsageError thrown here becomes one line on stderr and
   * exit code 1 or 2.
   */
  run(args: CommandArguments): Promise<number>;
}
