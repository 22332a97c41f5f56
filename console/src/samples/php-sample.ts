import { block, program, singleQuoted } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/** Writes the call for the composer package `tencentcloud/facefusion`. */
export function writePhpSample(call: PreparedCall): string {
  const space = `TencentCloud\\Facefusion\\${call.versionName.toUpperCase()}`;
  const scheme = call.isSecure ? "https" : "http";
  return program(
    `<?php
require_once __DIR__ . '/vendor/autoload.php';`,
    `use TencentCloud\\Common\\Credential;
use TencentCloud\\Common\\Profile\\ClientProfile;
use TencentCloud\\Common\\Profile\\HttpProfile;
use ${space}\\FacefusionClient;
use ${space}\\Models\\${call.action}Request;`,
    call.files.length > 0 &&
      `$base64 = fn(string $path): string => base64_encode(file_get_contents($path));`,
    `$profile = new ClientProfile();
$profile->setHttpProfile(new HttpProfile('${scheme}://', ${singleQuoted(call.host)}));
$client = new FacefusionClient(
    new Credential(getenv('${SECRET_ID}'), getenv('${SECRET_KEY}')),
    ${singleQuoted(call.region)},
    $profile,
);`,
    `$parameters = ${expression(call.members)};
$request = new ${call.action}Request();
$request->fromJsonString(json_encode($parameters));
$answer = $client->${call.action}($request);`,
    ANSWERS[call.answer],
  );
}

const ANSWERS = {
  picture: `file_put_contents('${RESULT_FILE}', base64_decode($answer->getFusedImage()));`,
  link: "echo $answer->getFusedImage(), PHP_EOL;",
  all: "echo $answer->toJsonString(), PHP_EOL;",
} as const;

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return singleQuoted(value.value);
    case "file":
      return `$base64(${singleQuoted(value.name)})`;
    case "object":
      return block(
        ["[", "]"],
        value.members.map(([name, member]) => `${singleQuoted(name)} => ${expression(member)}`),
        { indent: "    " },
      );
    case "list":
      return block(["[", "]"], value.items.map(expression), { indent: "    " });
    default:
      return String(value.value);
  }
}
