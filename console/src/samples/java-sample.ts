import { doubleQuoted, floatText, program } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import { RESULT_FILE, SECRET_ID, SECRET_KEY } from "./sample-call.ts";
import type { SetterStyle } from "./setter-lines.ts";
import { setterLines } from "./setter-lines.ts";

/** Writes the call for the Maven artifact `tencentcloud-sdk-java-facefusion`. */
export function writeJavaSample(call: PreparedCall): string {
  const needsFiles = call.files.length > 0 || call.answer === "picture";
  const request = { ...call.members, type: `${call.action}Request` };
  return program(
    `${call.answer === "all" ? "import com.tencentcloudapi.common.AbstractModel;\n" : ""}import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.facefusion.${call.versionName}.FacefusionClient;
import com.tencentcloudapi.facefusion.${call.versionName}.models.*;${needsFiles ? FILE_IMPORTS : ""}`,
    `public class FaceloomSample {
${call.files.length > 0 ? READ_FILE : ""}    public static void main(String[] args) throws Exception {
        HttpProfile http = new HttpProfile();
        http.setProtocol("${call.isSecure ? "https" : "http"}://");
        http.setEndpoint(${doubleQuoted(call.host)});
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential credential =
            new Credential(System.getenv("${SECRET_ID}"), System.getenv("${SECRET_KEY}"));
        FacefusionClient client =
            new FacefusionClient(credential, ${doubleQuoted(call.region)}, profile);

${setterLines(request, "request", STYLE).map(indented).join("\n")}

        ${call.action}Response answer = client.${call.action}(request);
        ${ANSWERS[call.answer]}
    }
}`,
  );
}

const FILE_IMPORTS = `
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Base64;`;

const READ_FILE = `    static String readBase64(String path) throws Exception {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Paths.get(path)));
    }

`;

const ANSWERS = {
  picture: `Files.write(Paths.get("${RESULT_FILE}"), Base64.getDecoder().decode(answer.getFusedImage()));`,
  link: "System.out.println(answer.getFusedImage());",
  all: "System.out.println(AbstractModel.toJsonString(answer));",
} as const;

const STYLE: SetterStyle = {
  make: (type, name) => `${type} ${name} = new ${type}();`,
  set: (name, member, expression) => `${name}.set${member}(${expression});`,
  list: (type, names) => `new ${type}[] {${names.join(", ")}}`,
  plain(value) {
    if (value.kind === "text") return doubleQuoted(value.value);
    if (value.kind === "file") return `readBase64(${doubleQuoted(value.name)})`;
    if (value.kind === "integer") return `${value.value}L`;
    return value.kind === "float" ? `${floatText(value.value)}f` : String(value.value);
  },
};

function indented(line: string): string {
  return line === "" ? "" : `        ${line}`;
}
