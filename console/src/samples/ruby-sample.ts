import { block, program, singleQuoted } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/**
 * Writes the call for the gem `tencentcloud-sdk-facefusion`. This client takes no port: where the server has one of its
 * own, the call goes to the original's name with the server as its HTTP proxy.
 */
export function writeRubySample(call: PreparedCall): string {
  const needsBase64 = call.files.length > 0 || call.answer === "picture";
  return program(
    `${needsBase64 ? "require 'base64'\n" : ""}require 'json'
require 'tencentcloud-sdk-common'
require 'tencentcloud-sdk-facefusion'`,
    `include TencentCloud::Common
include TencentCloud::Facefusion::${call.versionName.toUpperCase()}`,
    call.files.length > 0 &&
      `def read_base64(path)
  Base64.strict_encode64(File.binread(path))
end`,
    clientLines(call),
    `parameters = ${expression(call.members)}
request = ${call.action}Request.new
request.deserialize(parameters)
answer = client.${call.action}(request)`,
    ANSWERS[call.answer],
  );
}

function clientLines(call: PreparedCall): string {
  const usesProxy = !call.hasUsualPort && !call.isSecure;
  const endpoint = usesProxy ? "facefusion.tencentcloudapi.com" : call.host;
  return `${
    usesProxy
      ? `# This client takes an endpoint without a port, so the server stands in as the HTTP proxy.
ENV['http_proxy'] = ${singleQuoted(call.origin)}
`
      : ""
  }http = HttpProfile.new
http.scheme = '${call.isSecure ? "https" : "http"}'
http.endpoint = ${singleQuoted(endpoint)}
profile = ClientProfile.new
profile.http_profile = http
client = Client.new(
  Credential.new(ENV.fetch('${SECRET_ID}'), ENV.fetch('${SECRET_KEY}')),
  ${singleQuoted(call.region)},
  profile
)`;
}

const ANSWERS = {
  picture: `File.binwrite('${RESULT_FILE}', Base64.decode64(answer.FusedImage))`,
  link: "puts answer.FusedImage",
  all: "puts JSON.pretty_generate(answer.serialize)",
} as const;

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return singleQuoted(value.value);
    case "file":
      return `read_base64(${singleQuoted(value.name)})`;
    case "object":
      return block(
        ["{", "}"],
        value.members.map(([name, member]) => `${singleQuoted(name)} => ${expression(member)}`),
        { indent: "  ", last: "" },
      );
    case "list":
      return block(["[", "]"], value.items.map(expression), { indent: "  ", last: "" });
    default:
      return String(value.value);
  }
}
