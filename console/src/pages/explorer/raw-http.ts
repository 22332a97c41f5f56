import type { Answer, PreparedCall } from "../../api/call-api.ts";
import { elidedJson } from "../../parts/elide.ts";

/** Writes a signed call as it goes over the wire, long texts cut short. */
export function rawRequest({ headers, bytes }: PreparedCall, host: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const body = elidedJson(JSON.parse(new TextDecoder().decode(bytes)));
  const head = ["POST / HTTP/1.1", `Host: ${host}`, `Content-Length: ${bytes.length}`, ...lines];
  return `${head.join("\n")}\n\n${body}`;
}

/** Writes an answer as it came, long texts cut short. */
export function rawAnswer({ status, headers, response, text }: Answer): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const isOurs = Object.keys(response).length > 0;
  const body = isOurs ? elidedJson({ Response: response }) : text.slice(0, 2_000);
  return `HTTP/1.1 ${status}\n${lines.join("\n")}\n\n${body}`;
}
