import { prepareCall, type SampleCall } from "../console/src/samples/sample-call.ts";
import { SAMPLE_LANGUAGES, type SampleLanguage } from "../console/src/samples/sample-languages.ts";

const CALL: SampleCall = {
  origin: "http://127.0.0.1:8080",
  region: "ap-guangzhou",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  parameters: {
    RspImgType: "url",
    ModelUrl: "https://example.com/template.jpg",
    MergeInfos: [{ Url: "https://example.com/user.jpg" }],
  },
};

/** What a reader should know of a client beside its code. */
const REMARKS: Readonly<Record<string, string>> = {
  python:
    'Messages of the gateway come in Chinese; `client_profile.language = "en-US"` turns them. The asynchronous client takes the same profile.',
  java: "A region that is not set is sent empty, which counts as missing.",
  php: "Its v1 signatures cannot carry lists (`MergeInfos`): keep TC3, the default.",
  go: 'Messages of the gateway come in Chinese; `clientProfile.Language = "en-US"` turns them. Its retries after `RequestLimitExceeded` work as with the original.',
  node: "It signs the host without the port, which the server knows.",
  dotnet: "Messages of the gateway come in Chinese; `profile.Language` turns them.",
  cpp: "The endpoint needs a dot, so `localhost` is none.",
  ruby: "It takes no port in an endpoint, so the code goes through `http_proxy`. Set `FACELOOM_PUBLIC_URL` for it, or links name the host it asked for. On ports 80 and 443 an endpoint without the port does.",
  tccli:
    "The endpoint has the scheme in it. Without `--region` a call is told that `Region` is missing.",
  curl: "No client, but the five steps of the signature; `openssl` makes the digests.",
};

/** Fences of the code blocks, by what a language is called there. */
const FENCES: Readonly<Record<string, string>> = {
  node: "js",
  dotnet: "csharp",
  tccli: "sh",
  curl: "sh",
};

/** Returns docs/clients.md as the console's samples make it. */
export function renderClients(): string {
  return `# Clients

One call of FuseFaceUltra with each official client, as the console writes it for any call of yours. \`127.0.0.1:8080\` stands
for the server; the key comes from \`TENCENTCLOUD_SECRET_ID\` and \`TENCENTCLOUD_SECRET_KEY\`. Written by \`npm run docs\` from
\`console/src/samples\`; a test keeps both alike, and runs those for Node.js and curl. [api.md](api.md#clients) has the
settings alone.

${SAMPLE_LANGUAGES.map(section).join("\n")}`;
}

function section(language: SampleLanguage): string {
  const { id, name, install, write } = language;
  const remark = REMARKS[id];
  if (remark === undefined) throw new Error(`docs/clients.md has no remark on ${name}.`);
  const installed = install === "" ? "" : ` Install: \`${install}\``;
  const code = write(prepareCall(CALL)).trimEnd();
  return `## ${name}

${remark}${installed}

\`\`\`${FENCES[id] ?? id}
${code}
\`\`\`
`;
}
