// Asks the registry for known weaknesses of the packages that run in production, and for the signatures of all. Ends with 1
// for a weakness of the kinds high and critical or a wrong signature; a registry that cannot be asked is told, not failed.
import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Runs npm and returns its JSON; undefined when the registry gave no answer. */
function ask(args: readonly string[]): Record<string, unknown> | undefined {
  const run = spawnSync("npm", [...args, "--json", "--fetch-retries=0"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
  });
  try {
    const answer = JSON.parse(run.stdout);
    return "error" in answer || "statusCode" in answer ? undefined : answer;
  } catch {
    return undefined;
  }
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

const weaknesses = ask(["audit", "--omit=dev"]);
const counts = (weaknesses?.metadata as { vulnerabilities?: Record<string, number> } | undefined)
  ?.vulnerabilities;
if (counts === undefined) tell("Weaknesses: the registry could not be asked");
else {
  tell(`Weaknesses: ${JSON.stringify(counts)}`);
  if ((counts.high ?? 0) + (counts.critical ?? 0) > 0) process.exitCode = 1;
}

const signatures = ask(["audit", "signatures"]) as
  | { readonly invalid?: readonly unknown[]; readonly missing?: readonly unknown[] }
  | undefined;
if (signatures === undefined) tell("Signatures: the registry could not be asked");
else {
  const { invalid = [], missing = [] } = signatures;
  tell(`Signatures: ${invalid.length} invalid, ${missing.length} missing`);
  if (invalid.length + missing.length > 0) process.exitCode = 1;
}
