import { language } from "../i18n/language.ts";
import { consentHeader } from "./consent.ts";
import type { Key, SignedCall, UnsignedCall } from "./sign-call.ts";
import { signCall } from "./sign-call.ts";

/** An answer of the server, whether it is good or not. */
export interface Answer {
  /** Members of `Response`; empty when the answer is not what the API answers. */
  readonly response: Readonly<Record<string, unknown>>;
  readonly error: AnswerError | undefined;
  readonly requestId: string;
  /** The answer's own text, for people who want to see it. */
  readonly text: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** From the first byte sent to the last received. */
  readonly durationMs: number;
}

/** What went wrong, in the server's words. */
export interface AnswerError {
  readonly code: string;
  readonly message: string;
}

/** What to call. */
export interface Call {
  readonly action: string;
  readonly version: string;
  /** JSON. */
  readonly body: string;
  readonly region?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where; the public endpoint without it. */
  readonly path?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A signed call that has not been sent. */
export interface PreparedCall extends SignedCall {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Signs a call as {@link sendCall} would send it now. */
export async function prepareCall(call: Call, key: Key): Promise<PreparedCall> {
  const bytes = new TextEncoder().encode(call.body);
  const unsigned: UnsignedCall = {
    action: call.action,
    version: call.version,
    region: call.region ?? "ap-guangzhou",
    language: language.get() === "zh" ? "zh-CN" : "en-US",
    host: location.host,
    body: bytes,
    timestamp: Math.floor(Date.now() / 1000),
    headers: { ...consentHeader(), ...call.headers },
  };
  return { ...(await signCall(unsigned, key)), bytes };
}

/** Signs and sends a call. Throws only when no answer came at all (no connection, or given up). */
export async function callApi(call: Call, key: Key): Promise<Answer> {
  return await sendCall(await prepareCall(call, key), call);
}

/** Sends a call that {@link prepareCall} signed. Throws as {@link callApi}. */
export async function sendCall(
  { headers, bytes }: PreparedCall,
  { path = "/", signal }: Pick<Call, "path" | "signal">,
): Promise<Answer> {
  const startedMs = performance.now();
  const response = await fetch(path, {
    method: "POST",
    headers,
    body: bytes,
    cache: "no-store",
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return {
    ...readAnswer(text),
    text,
    status: response.status,
    headers: [...response.headers],
    durationMs: performance.now() - startedMs,
  };
}

function readAnswer(text: string): Pick<Answer, "response" | "error" | "requestId"> {
  try {
    const { Response: response } = JSON.parse(text);
    const { Error: fault, RequestId: requestId = "" } = response;
    const error = fault && { code: String(fault.Code), message: String(fault.Message) };
    return { response, error, requestId };
  } catch {
    // A proxy in between, or another server.
    const message = text.slice(0, 200);
    return { response: {}, error: { code: "NoApiAnswer", message }, requestId: "" };
  }
}
