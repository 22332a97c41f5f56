import { block, doubleQuoted, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleObject, SampleValue } from "./sample-value.ts";

/** Writes the call for `tencentcloud-sdk-go`, as gofmt formats it. */
export function writeGoSample(call: PreparedCall): string {
  const root = "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud";
  return program(
    "package main",
    block(
      ["import (", ")"],
      [
        ...(call.files.length > 0 || call.answer === "picture" ? ['"encoding/base64"'] : []),
        ...(call.answer === "picture" ? [] : ['"fmt"']),
        `"os"
`,
        `"${root}/common"`,
        `"${root}/common/profile"`,
        `facefusion "${root}/facefusion/${call.versionName}"`,
      ],
      { indent: "\t", separator: "" },
    ),
    call.files.length > 0 && READ_FILE,
    `func main() {
	clientProfile := profile.NewClientProfile()
	clientProfile.HttpProfile.Scheme = "${call.isSecure ? "HTTPS" : "HTTP"}"
	clientProfile.HttpProfile.Endpoint = ${doubleQuoted(call.host)}
	credential := common.NewCredential(os.Getenv("${SECRET_ID}"), os.Getenv("${SECRET_KEY}"))
	client, err := facefusion.NewClient(credential, ${doubleQuoted(call.region)}, clientProfile)
	if err != nil {
		panic(err)
	}

	request := facefusion.New${call.action}Request()
${call.members.members.map(([name, value]) => assignment(name, value)).join("\n")}

	answer, err := client.${call.action}(request)
	if err != nil {
		panic(err)
	}
${ANSWERS[call.answer]}
}`,
  );
}

const READ_FILE = `func readBase64(path string) *string {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return common.StringPtr(base64.StdEncoding.EncodeToString(data))
}`;

const ANSWERS = {
  picture: `	picture, err := base64.StdEncoding.DecodeString(*answer.Response.FusedImage)
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile("${RESULT_FILE}", picture, 0o644); err != nil {
		panic(err)
	}`,
  link: "	fmt.Println(*answer.Response.FusedImage)",
  all: "	fmt.Println(answer.ToJsonString())",
} as const;

function assignment(name: string, value: SampleValue): string {
  return `\trequest.${name} = ${expression(value).replaceAll("\n", "\n\t")}`;
}

function expression(value: SampleValue): string {
  switch (value.kind) {
    case "text":
      return `common.StringPtr(${doubleQuoted(value.value)})`;
    case "file":
      return `readBase64(${doubleQuoted(value.name)})`;
    case "integer":
      return `common.Int64Ptr(${value.value})`;
    case "float":
      return `common.Float64Ptr(${value.value})`;
    case "boolean":
      return `common.BoolPtr(${value.value})`;
    case "object":
      return literal(`&facefusion.${value.type}`, value);
    case "list":
      return block(
        [`[]*facefusion.${value.type}{`, "}"],
        value.items.map((item) => (item.kind === "object" ? literal("", item) : expression(item))),
        { indent: "\t" },
      );
  }
}

/** Names are padded so that the values stand below each other, as gofmt does between lines of one line. */
function literal(type: string, value: SampleObject): string {
  const lines = value.members.map(([name, member]) => [`${name}:`, expression(member)] as const);
  const isLong = (at: number): boolean => lines[at]?.[1].includes("\n") ?? true;
  const widthAt = (at: number): number => {
    let start = at;
    while (start > 0 && !isLong(start - 1)) start--;
    let end = at;
    while (!isLong(end + 1)) end++;
    return Math.max(...lines.slice(start, end + 1).map(([name]) => name.length));
  };
  const parts = lines.map(([name, text], i) => {
    return isLong(i) ? `${name} ${text}` : `${name.padEnd(widthAt(i))} ${text}`;
  });
  return block([`${type}{`, "}"], parts, { indent: "\t" });
}
