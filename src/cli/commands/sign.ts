import { sha256Hex } from "../../protocol/digests.ts";
import type { ExplainedSignature } from "../../protocol/tc3/sign-tc3.ts";
import { explainTc3 } from "../../protocol/tc3/sign-tc3.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile } from "../files.ts";
import { callFrom, DEFAULT_ENDPOINT, endpointFrom, REQUEST_OPTIONS } from "../request-arguments.ts";

/** `faceloom sign`: what a correct signature of a request is, to hold another client's against. */
export const signCommand: Command = {
  usage: "sign [ENDPOINT] --secret-id ID --secret-key KEY [--data FILE] [OPTIONS]",
  describe:
    `Signs one POST (TC3-HMAC-SHA256) to ENDPOINT (${DEFAULT_ENDPOINT}) and prints its headers; sends nothing. The bytes of --data are\n` +
    "signed as they are. With --explain it also prints the canonical request, the string to sign and their digests, which the\n" +
    "server's log names for a signature that does not fit.",
  options: {
    ...REQUEST_OPTIONS,
    service: { value: "NAME", describe: "Service of the credential scope (facefusion)" },
    timestamp: { value: "SECONDS", describe: "Unix time to sign for (now)" },
    explain: { describe: "Print every step" },
  },
  maxPositionals: 1,
  run: runSign,
};

async function runSign(args: CommandArguments): Promise<number> {
  const { host } = endpointFrom(args);
  const file = args.text("data");
  const body = file === undefined ? "{}" : await readInputFile(file);
  const timestamp = args.number("timestamp", { min: 1, max: 99_999_999_999, isInteger: true });
  const call = await callFrom(args, {
    host,
    body,
    ...(timestamp === undefined ? {} : { timestamp }),
  });
  const service = args.text("service") ?? "facefusion";
  if (!/^[^\s,/]+$/.test(service)) throw new UsageError("--service is one word.");
  const signed = explainTc3({ ...call, service });
  process.stdout.write(args.has("explain") ? explanation(signed) : headerLines(signed));
  return 0;
}

function headerLines({ headers }: ExplainedSignature): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function explanation(signed: ExplainedSignature): string {
  const { canonicalRequest, stringToSign, signature } = signed;
  return `Canonical request:
${canonicalRequest}

SHA-256 of the canonical request:
${sha256Hex(canonicalRequest)}

String to sign:
${stringToSign}

SHA-256 of the string to sign:
${sha256Hex(stringToSign)}

Signature:
${signature}

Headers:
${headerLines(signed)}`;
}
