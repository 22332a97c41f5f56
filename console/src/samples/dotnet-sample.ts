import { block, doubleQuoted, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/** Writes the call for the NuGet package `TencentCloudSDK.Facefusion`. */
export function writeDotnetSample(call: PreparedCall): string {
  const space = `TencentCloud.Facefusion.${call.versionName.toUpperCase()}`;
  const needsFiles = call.files.length > 0 || call.answer === "picture";
  return program(
    `using System;
${needsFiles ? "using System.IO;\n" : ""}using System.Threading.Tasks;
using TencentCloud.Common;
using TencentCloud.Common.Profile;
using ${space};
using ${space}.Models;`,
    `class Program
{
${call.files.length > 0 ? READ_FILE : ""}    static async Task Main()
    {
        var http = new HttpProfile
        {
            Protocol = "${call.isSecure ? "https" : "http"}://",
            Endpoint = ${doubleQuoted(call.host)},
        };
        var credential = new Credential
        {
            SecretId = Environment.GetEnvironmentVariable("${SECRET_ID}"),
            SecretKey = Environment.GetEnvironmentVariable("${SECRET_KEY}"),
        };
        var client = new FacefusionClient(
            credential, ${doubleQuoted(call.region)}, new ClientProfile(ClientProfile.SIGN_TC3SHA256, http));

        var request = ${expression({ ...call.members, type: `${call.action}Request` }).replaceAll("\n", "\n        ")};
        var answer = await client.${call.action}(request);
        ${ANSWERS[call.answer]}
    }
}`,
  );
}

const READ_FILE = `    static string ReadBase64(string path) => Convert.ToBase64String(File.ReadAllBytes(path));

`;

const ANSWERS = {
  picture: `File.WriteAllBytes("${RESULT_FILE}", Convert.FromBase64String(answer.FusedImage));`,
  link: "Console.WriteLine(answer.FusedImage);",
  all: "Console.WriteLine(AbstractModel.ToJsonString(answer));",
} as const;

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return doubleQuoted(value.value);
    case "file":
      return `ReadBase64(${doubleQuoted(value.name)})`;
    case "float":
      return `${value.value}f`;
    case "object":
      return block(
        [`new ${value.type}\n{`, "}"],
        value.members.map(([name, member]) => `${name} = ${expression(member)}`),
        { indent: "    " },
      );
    case "list":
      return block([`new ${value.type}[]\n{`, "}"], value.items.map(expression), {
        indent: "    ",
      });
    default:
      return String(value.value);
  }
}
