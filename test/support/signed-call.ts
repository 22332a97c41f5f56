import { createHash, createHmac } from "node:crypto";
import type { RunningServer } from "./running-server.ts";

/** What came back from a call, read as strictly as the official SDKs need it. */
export interface CallAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly requestId: string | undefined;
  /** The error's code, when the call failed. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly fusedImage: string | undefined;
  readonly ms: number;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/**
 * Calls an action with a TC3-HMAC-SHA256 signature. Written from Tencent's documentation, apart from the
 * product's own signer, so that one fault cannot hide in both.
 */
export async function callSigned(
  server: Pick<RunningServer, "url" | "secretId" | "secretKey">,
  action: string,
  parameters: unknown,
): Promise<CallAnswer> {
  const body = JSON.stringify(parameters);
  const { host } = new URL(server.url);
  const timestamp = Math.floor(Date.now() / 1000);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const type = "application/json";
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\n\ncontent-type;host\n${hash(body)}`;
  const scope = `${date}/facefusion/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hash(canonical)}`;
  const key = ["facefusion", "tc3_request"].reduce(hmac, hmac(`TC3${server.secretKey}`, date));
  const signature = hmac(key, text).toString("hex");
  const startedAt = performance.now();
  const response = await fetch(server.url, {
    method: "POST",
    body,
    headers: {
      "Content-Type": type,
      Authorization: `TC3-HMAC-SHA256 Credential=${server.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
      "X-TC-Action": action,
      "X-TC-Version": "2022-09-27",
      "X-TC-Timestamp": `${timestamp}`,
      "X-TC-Region": "ap-guangzhou",
    },
    signal: AbortSignal.timeout(60_000),
  });
  const answer = JSON.parse(await response.text()).Response;
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    requestId: answer?.RequestId,
    code: answer?.Error?.Code,
    message: answer?.Error?.Message,
    fusedImage: answer?.FusedImage,
    ms: performance.now() - startedAt,
  };
}
