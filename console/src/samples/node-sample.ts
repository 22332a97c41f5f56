import { block, doubleQuoted, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/** Writes the call for `tencentcloud-sdk-nodejs`. */
export function writeNodeSample(call: PreparedCall): string {
  const modules = [
    ...(call.files.length > 0 ? ["readFileSync"] : []),
    ...(call.answer === "picture" ? ["writeFileSync"] : []),
  ];
  return program(
    [
      modules.length > 0 && `const { ${modules.join(", ")} } = require("node:fs");`,
      'const { facefusion } = require("tencentcloud-sdk-nodejs/tencentcloud/services/facefusion");',
    ]
      .filter(Boolean)
      .join("\n"),
    `const client = new facefusion.${call.versionName}.Client({
  credential: {
    secretId: process.env.${SECRET_ID},
    secretKey: process.env.${SECRET_KEY},
  },
  region: ${doubleQuoted(call.region)},
  profile: {
    httpProfile: {
      protocol: "${call.isSecure ? "https" : "http"}://",
      endpoint: ${doubleQuoted(call.host)},
    },
  },
});`,
    call.files.length > 0 && 'const base64 = (file) => readFileSync(file).toString("base64");',
    `const parameters = ${expression(call.members)};`,
    `client.${call.action}(parameters).then(
  (answer) => ${ANSWERS[call.answer]},
  (error) => {
    console.error(error.code, error.message, error.requestId);
    process.exitCode = 1;
  },
);`,
  );
}

const ANSWERS = {
  picture: `writeFileSync("${RESULT_FILE}", Buffer.from(answer.FusedImage, "base64"))`,
  link: "console.log(answer.FusedImage)",
  all: "console.log(JSON.stringify(answer, null, 2))",
} as const;

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return doubleQuoted(value.value);
    case "file":
      return `base64(${doubleQuoted(value.name)})`;
    case "object":
      return block(
        ["{", "}"],
        value.members.map(([name, member]) => `${name}: ${expression(member)}`),
        { indent: "  " },
      );
    case "list":
      return block(["[", "]"], value.items.map(expression), { indent: "  " });
    default:
      return String(value.value);
  }
}
