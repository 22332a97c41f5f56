import { parseArgs } from "node:util";
import type { Rect } from "../imaging/picture.ts";
import type { Command } from "./command.ts";

/** A command line that cannot be understood; ends with exit code 2 and a pointer to the help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The range of a numeric option. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isInteger?: boolean;
}

/** The parsed arguments of one command, read by type. */
export interface CommandArguments {
  readonly positionals: readonly string[];
  /** Every option with a value in the order given, repeated ones included. */
  readonly inOrder: readonly { readonly name: string; readonly value: string }[];
  has(name: string): boolean;
  /** The option's value, the last one when it was repeated. */
  text(name: string): string | undefined;
  /** As {@link text}; throws a UsageError without it. */
  requiredText(name: string): string;
  /** Throws a UsageError when the value is no number in the range. */
  number(name: string, range: NumberRange): number | undefined;
}

/** Parses a command's arguments. Throws a UsageError for unknown options, missing values and surplus arguments. */
export function parseArguments(command: Command, argv: readonly string[]): CommandArguments {
  const { positionals, tokens } = parseTokens(command, argv);
  if (positionals.length > command.maxPositionals) {
    throw new UsageError(`Unexpected argument ${positionals[command.maxPositionals]}.`);
  }
  const given = tokens.flatMap((token) => (token.kind === "option" ? token : []));
  const inOrder = given.flatMap(({ name, value }) => (value === undefined ? [] : { name, value }));
  for (const { name } of inOrder) {
    const isTwice = inOrder.filter((option) => option.name === name).length > 1;
    if (isTwice && !command.options[name]?.isRepeatable) {
      throw new UsageError(`--${name} may be given once only.`);
    }
  }
  const text = (name: string): string | undefined =>
    inOrder.findLast((option) => option.name === name)?.value;
  return {
    positionals,
    inOrder,
    has: (name) => given.some((option) => option.name === name),
    text,
    requiredText(name) {
      const value = text(name);
      if (value === undefined || value === "") throw new UsageError(`--${name} is missing.`);
      return value;
    },
    number(name, range) {
      const value = text(name);
      return value === undefined ? undefined : parseNumber(name, value, range);
    },
  };
}

function parseTokens(command: Command, argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { describe: "" } }).map(([name, option]) => {
      const type = "value" in option && option.value !== undefined ? "string" : "boolean";
      return [name, { type: type as "string" | "boolean" }];
    }),
  );
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true });
  } catch (error) {
    // Node's messages are clear; only their advice on positionals confuses.
    const [message = ""] = (error as Error).message.split(". To specify");
    throw new UsageError(message.endsWith(".") ? message : `${message}.`);
  }
}

function parseNumber(name: string, value: string, range: NumberRange): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  const isRight = number >= range.min && number <= range.max;
  if (!isRight || (range.isInteger === true && !Number.isInteger(number))) {
    const kind = range.isInteger === true ? "a whole number" : "a number";
    throw new UsageError(
      `--${name} must be ${kind} from ${range.min} to ${range.max}, not "${value}".`,
    );
  }
  return number;
}

/** Parses `x,y,width,height` in pixels. Throws a UsageError. */
export function parseRect(name: string, value: string): Rect {
  const numbers = value.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [x, y, width, height] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || width! <= 0 || height! <= 0) {
    throw new UsageError(`--${name} must be x,y,width,height in pixels, not "${value}".`);
  }
  return { x: x!, y: y!, width: width!, height: height! };
}
