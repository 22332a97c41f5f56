import { block, doubleQuoted, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/** Writes the call for `tencentcloud-sdk-python-facefusion`. */
export function writePythonSample(call: PreparedCall): string {
  const needsBase64 = call.files.length > 0 || call.answer === "picture";
  return program(
    `${needsBase64 ? "import base64\n" : ""}import json
import os

from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.facefusion.${call.versionName} import facefusion_client, models`,
    call.files.length > 0 &&
      `
def read_base64(path):
    with open(path, "rb") as file:
        return base64.b64encode(file.read()).decode()
`,
    `http = HttpProfile(protocol="${call.isSecure ? "https" : "http"}", endpoint=${doubleQuoted(call.host)})
client = facefusion_client.FacefusionClient(
    credential.Credential(os.environ["${SECRET_ID}"], os.environ["${SECRET_KEY}"]),
    ${doubleQuoted(call.region)},
    ClientProfile(httpProfile=http),
)`,
    `parameters = ${expression(call.members)}
request = models.${call.action}Request()
request.from_json_string(json.dumps(parameters))
answer = client.${call.action}(request)`,
    ANSWERS[call.answer],
  );
}

const ANSWERS = {
  picture: `with open("${RESULT_FILE}", "wb") as file:
    file.write(base64.b64decode(answer.FusedImage))`,
  link: "print(answer.FusedImage)",
  all: "print(answer.to_json_string(indent=2))",
} as const;

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return doubleQuoted(value.value);
    case "file":
      return `read_base64(${doubleQuoted(value.name)})`;
    case "boolean":
      return value.value ? "True" : "False";
    case "object":
      return block(
        ["{", "}"],
        value.members.map(([name, member]) => `${doubleQuoted(name)}: ${expression(member)}`),
        { indent: "    " },
      );
    case "list":
      return block(["[", "]"], value.items.map(expression), { indent: "    " });
    default:
      return String(value.value);
  }
}
