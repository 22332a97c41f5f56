import { BUSINESS_ERRORS } from "../src/protocol/business-errors.ts";
import { GATEWAY_ERRORS } from "../src/protocol/gateway-errors.ts";
import type { WireError } from "../src/protocol/wire-error.ts";

/** Returns docs/errors.md as the tables of wire errors make it. */
export function renderErrors(): string {
  return `# Errors

Every answer, also every error, is HTTP 200 with \`{"Response":{"Error":{"Code","Message"},"RequestId"}}\`, as the official
clients expect it. Written by \`npm run docs\` from \`src/protocol/gateway-errors.ts\` and
\`src/protocol/business-errors.ts\`; a test keeps both alike.

The order of checks: method, size and form; \`Timestamp\`, \`Action\`, \`Version\`, the credential, \`Region\`;
form of \`Authorization\`; SecretId; token; age; signature; replay; version; action; permission; region; rate; parameters
(unknown, wrong type, missing); the account's state, quota and balance; then the work itself. What the headers tell is
told before the body is read. [accounts.md](accounts.md) has what an operator decides about an account.

## The gateway's

In the language of \`X-TC-Language\` (\`Language\` in v1 calls): Chinese for \`zh-CN\`, else English.

${table(GATEWAY_ERRORS)}

Any fault that nobody foresaw is answered as \`InternalError\` with nothing but the RequestId; the log has the rest.

## The face fusion's

Always in Chinese, as the original answers them; the English is for the reader of this page.

${table(BUSINESS_ERRORS)}
`;
}

function table(errors: Readonly<Record<string, WireError>>): string {
  const rows = Object.entries(errors).map(([reason, { code, en, zh, cause }]) =>
    [`\`${code}\``, en, zh, cause, `\`${reason}\``].map(cell).join(" | "),
  );
  return [
    "| Code | English | Chinese | When, and what to do | Our reason |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
}
