import { program, shellQuoted } from "./code-text.ts";
import { requestFileLines } from "./request-file.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";

/** Writes the call as a shell script that signs with openssl and sends with curl. */
export function writeCurlSample(call: PreparedCall): string {
  return program(
    `#!/usr/bin/env bash
set -euo pipefail`,
    `secret_id=\${${SECRET_ID}:?}
secret_key=\${${SECRET_KEY}:?}
host=${shellQuoted(call.host)}
action=${call.action}
read -r timestamp date <<< "$(date -u '+%s %Y-%m-%d')"`,
    requestFileLines(call),
    `sha256() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }
hmac() { openssl dgst -sha256 -r -mac HMAC -macopt "$1" | cut -d ' ' -f 1; }`,
    `canonical_request="POST
/

content-type:application/json
host:$host
x-tc-action:$(printf %s "$action" | tr '[:upper:]' '[:lower:]')

content-type;host;x-tc-action
$(sha256 < request.json)"
scope="$date/facefusion/tc3_request"
string_to_sign="TC3-HMAC-SHA256
$timestamp
$scope
$(printf %s "$canonical_request" | sha256)"`,
    `date_key=$(printf %s "$date" | hmac "key:TC3$secret_key")
service_key=$(printf %s facefusion | hmac "hexkey:$date_key")
signing_key=$(printf %s tc3_request | hmac "hexkey:$service_key")
signature=$(printf %s "$string_to_sign" | hmac "hexkey:$signing_key")`,
    `curl --silent --show-error ${shellQuoted(`${call.origin}/`)} \\
  --header "Host: $host" \\
  --header "Content-Type: application/json" \\
  --header "X-TC-Action: $action" \\
  --header "X-TC-Version: ${call.version}" \\
  --header ${shellQuoted(`X-TC-Region: ${call.region}`)} \\
  --header "X-TC-Timestamp: $timestamp" \\
  --header "Authorization: TC3-HMAC-SHA256 Credential=$secret_id/$scope, SignedHeaders=content-type;host;x-tc-action, Signature=$signature" \\
  --data-binary @request.json \\
  --output answer.json`,
    ANSWERS[call.answer],
  );
}

const CHECK = `if grep -q '"Error"' answer.json; then
  cat answer.json >&2
  exit 1
fi`;

const ANSWERS = {
  picture: `${CHECK}
sed -E 's/.*"FusedImage":"([^"]*)".*/\\1/' answer.json | base64 -d > ${RESULT_FILE}`,
  link: `${CHECK}
sed -E 's/.*"FusedImage":"([^"]*)".*/\\1/' answer.json`,
  all: `cat answer.json`,
} as const;
