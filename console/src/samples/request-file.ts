import { block, doubleQuoted } from "./code-text.ts";
import type { PreparedCall } from "./sample-call.ts";
import type { SampleValue } from "./sample-value.ts";

/** Returns the shell lines that write the parameters to `request.json`, pictures from their files. */
export function requestFileLines(call: PreparedCall): string {
  if (call.files.length === 0) {
    return `cat > request.json <<'JSON'
${json(call.members, doubleQuoted)}
JSON`;
  }
  return `base64_of() { base64 < "$1" | tr -d '\\n'; }
cat > request.json <<JSON
${json(call.members, (text) => escaped(doubleQuoted(text)))}
JSON`;
}

/** Within a here-document whose word is not quoted the shell replaces these. */
function escaped(text: string): string {
  return text.replace(/[\\$`]/g, "\\$&");
}

function json(value: SampleValue, quote: (text: string) => string): string {
  const inner = (member: SampleValue): string => json(member, quote);
  switch (value.kind) {
    case "text":
      return quote(value.value);
    case "file":
      return `"$(base64_of ${value.name})"`;
    case "object":
      return block(
        ["{", "}"],
        value.members.map(([name, member]) => `${quote(name)}: ${inner(member)}`),
        { indent: "  ", last: "" },
      );
    case "list":
      return block(["[", "]"], value.items.map(inner), { indent: "  ", last: "" });
    default:
      return String(value.value);
  }
}
