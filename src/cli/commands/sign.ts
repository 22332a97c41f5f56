import { randomInt } from "node:crypto";
import { flattenParameters, formText } from "../../protocol/flatten-parameters.ts";
import type { Tc3Call } from "../../protocol/tc3/sign-tc3.ts";
import { explainTc3 } from "../../protocol/tc3/sign-tc3.ts";
import { TC3_ALGORITHM } from "../../protocol/tc3/tc3-signature.ts";
import { explainV1 } from "../../protocol/v1/sign-v1.ts";
import type { V1Method } from "../../protocol/v1/v1-signature.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile } from "../files.ts";
import {
  callFrom,
  DEFAULT_ENDPOINT,
  endpointFrom,
  parametersIn,
  REQUEST_OPTIONS,
} from "../request-arguments.ts";
import { explainedText, type ShownSignature, sentText } from "../sign/print-signature.ts";

/** `faceloom sign`: what a correct signature of a request is, to hold another client's against. */
export const signCommand: Command = {
  usage: "sign [ENDPOINT] --secret-id ID --secret-key KEY [--data FILE] [OPTIONS]",
  describe:
    `Signs one request to ENDPOINT (${DEFAULT_ENDPOINT}) and prints what a client sends: the headers of a POST by\n` +
    "TC3-HMAC-SHA256, the URL of a GET, the form of a POST by HmacSHA1 or HmacSHA256. It sends nothing. The bytes of --data\n" +
    "are signed as they are, or spelled out where there is no JSON body. With --explain it also prints the canonical request,\n" +
    "the string to sign and their digests, which the server's log names for a signature that does not fit.",
  options: {
    ...REQUEST_OPTIONS,
    method: { value: "NAME", describe: "GET or POST (POST)" },
    signature: {
      value: "NAME",
      describe: "TC3-HMAC-SHA256, HmacSHA1 or HmacSHA256 (TC3-HMAC-SHA256)",
    },
    service: { value: "NAME", describe: "Service of the credential scope of TC3 (facefusion)" },
    nonce: { value: "N", describe: "Nonce of HmacSHA1 and HmacSHA256 (any)" },
    timestamp: { value: "SECONDS", describe: "Unix time to sign for (now)" },
    explain: { describe: "Print every step" },
  },
  maxPositionals: 1,
  run: runSign,
};

async function runSign(args: CommandArguments): Promise<number> {
  const endpoint = endpointFrom(args);
  const method = wordFrom(args, "method", ["POST", "GET"]);
  const family = wordFrom(args, "signature", [TC3_ALGORITHM, "HmacSHA1", "HmacSHA256"]);
  const timestamp = args.number("timestamp", { min: 1, max: 99_999_999_999, isInteger: true });
  const file = args.text("data");
  const isJson = family === TC3_ALGORITHM && method === "POST";
  const call = await callFrom(args, {
    host: endpoint.host,
    body: file === undefined || !isJson ? "{}" : await readInputFile(file),
    ...(timestamp === undefined ? {} : { timestamp }),
  });
  const parameters =
    file === undefined || isJson ? [] : flattenParameters(await parametersIn(file));
  const request = { args, endpoint, method, parameters };
  const shown = family === TC3_ALGORITHM ? tc3Of(call, request) : v1Of(call, family, request);
  process.stdout.write(args.has("explain") ? explainedText(shown) : sentText(shown));
  return 0;
}

/** What is to be signed beside the call's common parameters. */
interface Request {
  readonly args: CommandArguments;
  readonly endpoint: URL;
  readonly method: "GET" | "POST";
  /** Spelled out; none for a JSON body. */
  readonly parameters: readonly [name: string, value: string][];
}

function tc3Of(call: Tc3Call, { args, endpoint, method, parameters }: Request): ShownSignature {
  const service = args.text("service") ?? "facefusion";
  if (!/^[^\s,/]+$/.test(service)) throw new UsageError("--service is one word.");
  const query = method === "GET" ? formText(parameters) : undefined;
  const signed = explainTc3({ ...call, service, ...(query === undefined ? {} : { query }) });
  const headers = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}`);
  const url = query === undefined ? [] : [["URL", `${endpoint.origin}/?${query}`] as const];
  return { ...signed, sent: [...url, ["Headers", headers.join("\n")]] };
}

function v1Of(
  call: Tc3Call,
  hash: V1Method,
  { args, endpoint, method, parameters }: Request,
): ShownSignature {
  const nonce = args.number("nonce", { min: 0, max: Number.MAX_SAFE_INTEGER, isInteger: true });
  const signed = explainV1({
    ...call,
    method,
    parameters,
    hash,
    nonce: nonce ?? randomInt(1, 2 ** 31),
  });
  const sent: ShownSignature["sent"][number] =
    method === "GET" ? ["URL", `${endpoint.origin}/?${signed.form}`] : ["Form", signed.form];
  return { ...signed, sent: [sent] };
}

/** Reads an option that is one of a few words, the first unless it is given. */
function wordFrom<const W extends string>(
  args: CommandArguments,
  name: string,
  words: readonly [W, ...W[]],
): W {
  const text = args.text(name) ?? words[0];
  const word = words.find((one) => one.toLowerCase() === text.toLowerCase());
  if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(", ")}.`);
  return word;
}
