import { doubleQuoted, floatText, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";
import type { SetterStyle } from "./setter-lines.ts";
import { setterLines } from "./setter-lines.ts";

/** Writes the call for `tencentcloud-sdk-cpp`, which takes no endpoint without a dot; base64 is OpenSSL's, which it needs anyway. */
export function writeCppSample(call: PreparedCall): string {
  const space = call.versionName.toUpperCase();
  const request = { ...call.members, type: `${call.action}Request` };
  return program(
    includes(call),
    `using namespace TencentCloud;
using namespace TencentCloud::Facefusion::${space};
using namespace TencentCloud::Facefusion::${space}::Model;`,
    call.files.length > 0 && READ_FILE,
    call.answer === "picture" && WRITE_FILE,
    `int main()
{
    TencentCloud::InitAPI();

    HttpProfile http;
    http.SetProtocol(HttpProfile::Scheme::${call.isSecure ? "HTTPS" : "HTTP"});
    http.SetEndpoint(${quoted(withDot(call.host))});
    ClientProfile profile(http);
    Credential credential(std::getenv("${SECRET_ID}"), std::getenv("${SECRET_KEY}"));
    FacefusionClient client(credential, ${quoted(call.region)}, profile);

${setterLines(request, "request", STYLE).map(indented).join("\n")}

    auto outcome = client.${call.action}(request);
    if (!outcome.IsSuccess())
    {
        std::cerr << outcome.GetError().PrintAll() << std::endl;
        TencentCloud::ShutdownAPI();
        return 1;
    }
    ${ANSWERS[call.answer]}
    TencentCloud::ShutdownAPI();
    return 0;
}`,
  );
}

function includes(call: PreparedCall): string {
  const own = `tencentcloud/facefusion/${call.versionName}`;
  const types = [...new Set([`${call.action}Request`, ...typesIn(call.members)])];
  const standard = ["cstdlib", "iostream", "string", "vector"];
  if (call.files.length > 0) standard.push("fstream", "iterator", "stdexcept");
  if (call.answer === "picture") standard.push("fstream");
  const needsBase64 = call.files.length > 0 || call.answer === "picture";
  return `${[...new Set(standard)]
    .sort()
    .map((name) => `#include <${name}>`)
    .join("\n")}

${needsBase64 ? "#include <openssl/evp.h>\n" : ""}#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/TencentCloud.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/core/profile/HttpProfile.h>
#include <${own}/FacefusionClient.h>
${types.map((type) => `#include <${own}/model/${type}.h>`).join("\n")}`;
}

function typesIn(value: SampleValue): string[] {
  if (value.kind === "list") return value.items.flatMap(typesIn);
  if (value.kind !== "object") return [];
  return value.members.flatMap(([, member]) => [...ownType(member), ...typesIn(member)]);
}

function ownType(value: SampleValue): string[] {
  return value.kind === "object" || value.kind === "list" ? [value.type] : [];
}

const READ_FILE = `static std::string readBase64(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
    {
        throw std::runtime_error(path + " cannot be read");
    }
    std::string data((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::string text(4 * ((data.size() + 2) / 3) + 1, '\\0');
    int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char *>(&text[0]),
        reinterpret_cast<const unsigned char *>(data.data()),
        static_cast<int>(data.size()));
    text.resize(length);
    return text;
}`;

const WRITE_FILE = `static void writeBase64(const std::string &path, const std::string &text)
{
    std::string data(text.size(), '\\0');
    EVP_DecodeBlock(
        reinterpret_cast<unsigned char *>(&data[0]),
        reinterpret_cast<const unsigned char *>(text.data()),
        static_cast<int>(text.size()));
    std::size_t padding = text.size() - (text.find_last_not_of('=') + 1);
    data.resize(text.size() / 4 * 3 - padding);
    std::ofstream(path, std::ios::binary) << data;
}`;

const ANSWERS = {
  picture: `writeBase64("${RESULT_FILE}", outcome.GetResult().GetFusedImage());`,
  link: "std::cout << outcome.GetResult().GetFusedImage() << std::endl;",
  all: "std::cout << outcome.GetResult().ToJsonString() << std::endl;",
} as const;

const STYLE: SetterStyle = {
  make: (type, name) => `${type} ${name};`,
  set: (name, member, expression) => `${name}.Set${member}(${expression});`,
  list: (type, names) => `std::vector<${type}>{${names.join(", ")}}`,
  plain(value) {
    if (value.kind === "text") return quoted(value.value);
    if (value.kind === "file") return `readBase64(${quoted(value.name)})`;
    return value.kind === "float" ? floatText(value.value) : String(value.value);
  },
};

/** C++ knows no `\u0001` for control characters; three octal digits end by themselves. */
function quoted(text: string): string {
  return doubleQuoted(text).replace(/\\u00([01][0-9a-f])/g, (_, hex: string) => {
    return `\\${Number.parseInt(hex, 16).toString(8).padStart(3, "0")}`;
  });
}

function withDot(host: string): string {
  return host.replace(/^localhost(?=:|$)/, "127.0.0.1");
}

function indented(line: string): string {
  return line === "" ? "" : `    ${line}`;
}
