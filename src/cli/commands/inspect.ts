import { inspectPicture } from "../../labels/inspect-picture.ts";
import { markNumberOf } from "../../labels/watermark/mark-number.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile, withFileName } from "../files.ts";
import { describeInspection } from "../labels/print-inspection.ts";

/** `faceloom inspect`: what a picture says of its origin, ours or anyone's. */
export const inspectCommand: Command = {
  usage: "inspect PICTURE [OPTIONS]",
  describe:
    "Prints every label of a JPEG or PNG: the implicit label in each of its places, IPTC's source type, Content\n" +
    "Credentials, the invisible watermark, the visible text, and what other metadata there is. docs/labels.md explains.",
  options: {
    "request-ids": {
      value: "FILE",
      describe:
        "RequestIds, one a line, or rows of `audit export`, - for stdin: tell which one the watermark belongs to",
    },
    "trusted-roots": {
      value: "FILE",
      describe: "Certificates in PEM: whose Content Credentials are trusted; nobody's without",
    },
    json: { describe: "Print JSON" },
  },
  maxPositionals: 1,
  async run(args) {
    const [file] = args.positionals;
    if (file === undefined) throw new UsageError("PICTURE is missing.");
    const bytes = await readInputFile(file);
    const roots = await rootsFrom(args);
    const inspection = await withFileName(file, () => inspectPicture(bytes, roots));
    const requestId = await requestIdOf(inspection.watermark?.number, args);
    const found = { file, ...inspection, ...(requestId === undefined ? {} : { requestId }) };
    process.stdout.write(
      args.has("json") ? `${JSON.stringify(found)}\n` : describeInspection(found),
    );
    return 0;
  },
};

async function rootsFrom(args: CommandArguments): Promise<string | undefined> {
  if (!args.has("trusted-roots")) return undefined;
  return new TextDecoder().decode(await readInputFile(args.requiredText("trusted-roots")));
}

/** The id whose digest begins with the number of the mark. */
async function requestIdOf(
  number: string | undefined,
  args: CommandArguments,
): Promise<string | undefined> {
  if (!args.has("request-ids")) return undefined;
  const ids = new TextDecoder().decode(await readInputFile(args.requiredText("request-ids")));
  return ids
    .split("\n")
    .map(idIn)
    .find((id) => id !== "" && markNumberOf(id) === number);
}

/** A line is an id, or a JSON object that has one. */
function idIn(line: string): string {
  const id = line.trim();
  if (!id.startsWith("{")) return id;
  try {
    return String(JSON.parse(id).requestId ?? "");
  } catch {
    return ""; // half a line at the end of a file
  }
}
