import { AppError } from "../base/app-error.ts";
import type { Tc3Call } from "../protocol/tc3/sign-tc3.ts";
import { type CommandArguments, UsageError } from "./command-arguments.ts";
import { readInputFile } from "./files.ts";

/** The port that `faceloom serve` listens on unless told otherwise. */
export const DEFAULT_ENDPOINT = "http://127.0.0.1:8080";

/** The options of every command that makes a request. */
export const REQUEST_OPTIONS = {
  "secret-id": { value: "ID", describe: "SecretId of the account" },
  "secret-key": {
    value: "KEY",
    describe: "SecretKey of the account; other users of the machine may see it",
  },
  "secret-key-file": { value: "FILE", describe: "Read the SecretKey from a file instead" },
  token: { value: "TOKEN", describe: "Token of a temporary key" },
  action: { value: "NAME", describe: "Action (FuseFaceUltra)" },
  "api-version": { value: "DATE", describe: "Version of the API (2022-09-27)" },
  region: { value: "NAME", describe: "Region (ap-guangzhou)" },
  language: { value: "NAME", describe: "Language of error messages, zh-CN or en-US" },
  data: { value: "FILE", describe: "JSON with the request's parameters, - for stdin" },
} as const;

/** Reads the endpoint, the first argument. Throws a UsageError for what is no address. */
export function endpointFrom(args: CommandArguments): URL {
  const text = args.positionals[0] ?? DEFAULT_ENDPOINT;
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null) throw new UsageError(`"${text}" is not an address.`);
  return url;
}

/** Reads who calls what, and signs for now unless `timestamp` (Unix seconds) says otherwise. */
export async function callFrom(
  args: CommandArguments,
  request: {
    readonly host: string;
    readonly body: string | Uint8Array;
    readonly timestamp?: number;
  },
): Promise<Tc3Call> {
  return {
    secretId: args.requiredText("secret-id"),
    secretKey: await secretKeyFrom(args),
    action: args.text("action") ?? "FuseFaceUltra",
    version: args.text("api-version") ?? "2022-09-27",
    region: args.text("region") ?? "ap-guangzhou",
    timestamp: Math.floor(Date.now() / 1000),
    ...request,
    ...(args.has("language") ? { language: args.requiredText("language") } : {}),
    ...(args.has("token") ? { token: args.requiredText("token") } : {}),
  };
}

async function secretKeyFrom(args: CommandArguments): Promise<string> {
  const file = args.text("secret-key-file");
  if (file === undefined) return args.requiredText("secret-key");
  const bytes = await readInputFile(file);
  return new TextDecoder().decode(bytes).trim();
}

/** Parses a file as the parameters of a call. Throws `malformed-request` for other than a JSON object. */
export async function parametersIn(file: string): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(await readInputFile(file));
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === "object" && data !== null && !Array.isArray(data)) return { ...data };
  } catch {
    // Told below, as for JSON of another kind.
  }
  throw new AppError("malformed-request", `${file} does not hold a JSON object.`);
}
