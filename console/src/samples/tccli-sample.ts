import { program, shellQuoted } from "./code-text.ts";
import { requestFileLines } from "./request-file.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";

/** Writes the call for `tccli`, whose endpoint carries the scheme. */
export function writeTccliSample(call: PreparedCall): string {
  return program(
    `#!/usr/bin/env bash
set -euo pipefail`,
    `# tccli reads ${SECRET_ID} and ${SECRET_KEY} from the environment.
: "\${${SECRET_ID}:?}" "\${${SECRET_KEY}:?}"`,
    requestFileLines(call),
    `tccli facefusion ${call.action} \\
  --version ${call.version} \\
  --region ${shellQuoted(call.region)} \\
  --endpoint ${shellQuoted(call.origin)} \\
  --cli-input-json file://request.json${ANSWERS[call.answer]}`,
  );
}

const ANSWERS = {
  picture: ` \\
  --filter FusedImage | tr -d '"\\n' | base64 -d > ${RESULT_FILE}`,
  link: ` \\
  --filter FusedImage`,
  all: "",
} as const;
