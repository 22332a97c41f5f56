import { AppError } from "../../base/app-error.ts";
import { signTc3 } from "../../protocol/tc3/sign-tc3.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile, writeOutput } from "../files.ts";
import {
  callFrom,
  DEFAULT_ENDPOINT,
  endpointFrom,
  parametersIn,
  REQUEST_OPTIONS,
} from "../request-arguments.ts";

/** Longer texts in a printed answer are pictures; they are cut when the picture goes to a file. */
const LONGEST_PRINTED_TEXT = 2000;

/** `faceloom call`: a client of the API, for our server and any other that speaks it. */
export const callCommand: Command = {
  usage: "call [ENDPOINT] --secret-id ID --secret-key KEY [OPTIONS]",
  describe:
    `Signs one request (TC3-HMAC-SHA256), sends it to ENDPOINT (${DEFAULT_ENDPOINT}) and prints the answer.\n` +
    "The request is --data, or is made of --template and --user. Ends with 1 when the answer is an error.",
  options: {
    ...REQUEST_OPTIONS,
    template: { value: "FILE", describe: "Picture for ModelImage" },
    user: { value: "FILE", describe: "Photo for MergeInfos; up to six", isRepeatable: true },
    out: { value: "FILE", describe: "Write the FusedImage of the answer here, - for stdout" },
  },
  maxPositionals: 1,
  run: runCall,
};

async function runCall(args: CommandArguments): Promise<number> {
  const endpoint = endpointFrom(args);
  // The key comes first: a missing one is told before any picture is read.
  const call = await callFrom(args, { host: endpoint.host, body: "" });
  const body = JSON.stringify(await parametersFrom(args));
  const headers = signTc3({ ...call, body });
  const answer = await fetchBytes(endpoint, { method: "POST", headers, body });
  return showAnswer(parseAnswer(endpoint, answer), args.text("out"));
}

async function parametersFrom(args: CommandArguments): Promise<Record<string, unknown>> {
  const file = args.text("data");
  const parameters: Record<string, unknown> = file === undefined ? {} : await parametersIn(file);
  const users = args.inOrder.flatMap(({ name, value }) => (name === "user" ? [value] : []));
  const template = args.text("template");
  if (file === undefined && (template === undefined || users.length === 0)) {
    throw new UsageError("Give --data, or --template and --user.");
  }
  if (template !== undefined) parameters.ModelImage = await base64Of(template);
  if (users.length > 0) {
    const images = await Promise.all(users.map(base64Of));
    parameters.MergeInfos = images.map((image) => ({ Image: image }));
  }
  if (template !== undefined || users.length > 0) parameters.RspImgType ??= "base64";
  return parameters;
}

async function base64Of(file: string): Promise<string> {
  return Buffer.from(await readInputFile(file)).toString("base64");
}

async function fetchBytes(url: URL, request: RequestInit = {}): Promise<Buffer> {
  try {
    const response = await fetch(url, request);
    return Buffer.from(await response.arrayBuffer());
  } catch (cause) {
    const reason = (cause as Error).cause ?? cause;
    const { code, message } = reason as NodeJS.ErrnoException;
    throw new AppError("download-failed", `${url.origin} does not answer: ${code ?? message}.`, {
      cause,
    });
  }
}

interface Answer {
  readonly Response: Readonly<Record<string, unknown>>;
}

function parseAnswer(endpoint: URL, bytes: Buffer): Answer {
  try {
    const answer = JSON.parse(bytes.toString("utf8"));
    if (typeof answer?.Response === "object" && answer.Response !== null) return answer;
  } catch {
    // Told below, as for JSON that is no answer of the API.
  }
  const start = bytes.toString("latin1", 0, 80).replace(/[^ -~]+/g, " ");
  throw new AppError(
    "download-failed",
    `${endpoint.origin} sent no answer of the API but: ${start || "nothing"}`,
  );
}

async function showAnswer({ Response }: Answer, out: string | undefined): Promise<number> {
  const image = Response.FusedImage;
  let shown: unknown = image;
  if (out !== undefined && typeof image === "string") {
    await writeOutput(out, await imageBytes(image));
    shown =
      image.length > LONGEST_PRINTED_TEXT ? `(${image.length} characters, see ${out})` : image;
  }
  const answer = { Response: image === undefined ? Response : { ...Response, FusedImage: shown } };
  const stream = out === "-" ? process.stderr : process.stdout;
  stream.write(`${JSON.stringify(answer, null, 2)}\n`);
  return "Error" in Response ? 1 : 0;
}

function imageBytes(image: string): Promise<Buffer> | Buffer {
  return /^https?:\/\//.test(image) ? fetchBytes(new URL(image)) : Buffer.from(image, "base64");
}
