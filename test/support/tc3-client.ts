import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";

/** A caller's key. */
export interface ClientKey {
  readonly secretId: string;
  readonly secretKey: string;
}

/** Everything of a signed call that a test may want to bend. */
export interface Tc3Options {
  readonly method?: string;
  readonly target?: string;
  readonly body?: string | Buffer;
  /** Headers as sent, beside Authorization; undefined leaves one out, a list sends it several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly timestamp?: number | string;
  /** Texts that differ from what is sent: header values by lower-case name, date, service, key. */
  readonly signed?: {
    readonly values?: Readonly<Record<string, string>>;
    readonly names?: readonly string[];
    readonly date?: string;
    readonly service?: string;
    readonly terminator?: string;
    readonly payload?: string;
    readonly query?: string;
  };
  /** Hangs up when it aborts. */
  readonly signal?: AbortSignal;
  /** Last word on the Authorization header. */
  readonly authorization?: (text: string) => string | string[] | undefined;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac("sha256", key).update(data).digest();

/** Signs as the documents say, written from them alone, and sends through Node's plain client. */
export function sendTc3(
  address: string,
  key: ClientKey,
  options: Tc3Options = {},
): Promise<RawAnswer> {
  const method = options.method ?? "POST";
  const target = options.target ?? "/";
  const body = options.body ?? "";
  const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
  const headers: Record<string, string | readonly string[] | undefined> = {
    "Content-Type": "application/json",
    Host: new URL(address).host,
    "X-TC-Action": "FuseFaceUltra",
    "X-TC-Version": "2022-09-27",
    "X-TC-Region": "ap-guangzhou",
    "X-TC-Timestamp": timestamp,
    ...options.headers,
  };
  const signed = options.signed ?? {};
  const names = signed.names ?? ["content-type", "host"];
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const canonicalHeaders = names.map((name) => {
    const value =
      signed.values?.[name] ??
      String(sent.get(name) ?? "")
        .trim()
        .toLowerCase();
    return `${name}:${value}\n`;
  });
  const query = method === "GET" ? (signed.query ?? target.split("?")[1] ?? "") : "";
  const payload = signed.payload ?? (method === "GET" ? "" : body);
  const canonical = `${method}\n/\n${query}\n${canonicalHeaders.join("")}\n${names.join(";")}\n${sha256(payload)}`;
  const seconds = Number(timestamp);
  const utc = Number.isFinite(seconds) && seconds < 1e11 ? new Date(seconds * 1000) : new Date();
  const date = signed.date ?? utc.toISOString().slice(0, 10);
  const service = signed.service ?? "facefusion";
  const terminator = signed.terminator ?? "tc3_request";
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/${terminator}\n${sha256(canonical)}`;
  const signingKey = hmac(hmac(hmac(`TC3${key.secretKey}`, date), service), terminator);
  const signature = hmac(signingKey, text).toString("hex");
  const plain = `TC3-HMAC-SHA256 Credential=${key.secretId}/${date}/${service}/${terminator}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const authorization = options.authorization ? options.authorization(plain) : plain;
  return send(address, {
    method,
    target,
    body,
    headers: { ...headers, Authorization: authorization },
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/** Sends a request exactly as given. */
export function send(
  address: string,
  parts: {
    readonly method: string;
    readonly target: string;
    readonly body?: string | Buffer;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly signal?: AbortSignal;
  },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const headers = Object.fromEntries(
    Object.entries(parts.headers).filter(([, value]) => value !== undefined),
  ) as Record<string, string | string[]>;
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const message = request(
    {
      hostname,
      port,
      method: parts.method,
      path: parts.target,
      headers,
      agent: false,
      signal: parts.signal,
    },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    },
  );
  message.on("error", reject);
  message.end(parts.body ?? "");
  return promise;
}

/** The `Response` member of an answer. */
export interface Envelope {
  readonly RequestId: string;
  readonly FusedImage?: string;
  readonly Error?: { readonly Code: string; readonly Message: string };
}

/** Reads an answer's envelope. */
export function envelopeOf(answer: RawAnswer): Envelope {
  return JSON.parse(answer.text).Response;
}
