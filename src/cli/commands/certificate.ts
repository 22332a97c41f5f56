import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../base/app-error.ts";
import {
  createTestChain,
  TEST_KEY_TYPES,
  type TestChainOptions,
} from "../../labels/credentials/test-chain.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../command-arguments.ts";

/** `faceloom certificate`: a certificate of one's own, to try Content Credentials with. */
export const certificateCommand: Command = {
  usage: "certificate --out FOLDER [OPTIONS]",
  describe:
    "Makes a root and a certificate for Content Credentials (C2PA), for development: nobody trusts them. It writes\n" +
    "certificate.pem, key.pem and root.pem into the folder and prints the settings that use them.",
  options: {
    out: { value: "FOLDER", describe: "Where the files go; made when it is not there" },
    "key-type": { value: "TYPE", describe: `${TEST_KEY_TYPES.join(", ")} (p256)` },
    organisation: { value: "NAME", describe: "Who signs (Faceloom development)" },
  },
  maxPositionals: 0,
  async run(args) {
    const folder = path.resolve(args.requiredText("out"));
    const organisation = args.text("organisation") || "Faceloom development";
    const keyType = keyTypeFrom(args.text("key-type") ?? "p256");
    const { chain, key, root } = createTestChain({ organisation, nowMs: Date.now(), keyType });
    const files = { "certificate.pem": chain, "key.pem": key, "root.pem": root };
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeNew(path.join(folder, name), text);
    process.stdout.write(
      `FACELOOM_C2PA_CERTIFICATE=${path.join(folder, "certificate.pem")}\n` +
        `FACELOOM_C2PA_KEY=${path.join(folder, "key.pem")}\n`,
    );
    return 0;
  },
};

function keyTypeFrom(text: string): TestChainOptions["keyType"] {
  const type = TEST_KEY_TYPES.find((one) => one === text);
  if (type === undefined)
    throw new UsageError(`--key-type is one of ${TEST_KEY_TYPES.join(", ")}.`);
  return type;
}

/** Never over a file that is there: it may be a real key. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === "EEXIST" ? "it is there already" : code;
    throw new AppError("resources-exhausted", `${file} cannot be written: ${why}.`, { cause });
  }
}
