import { createHash, createHmac } from "node:crypto";
import type { ClientKey } from "./tc3-client.ts";

/** How one of the official clients puts a call on the wire, byte by byte, as its sources and recordings show. */
export interface OfficialClient {
  readonly name: string;
  /**
   * The head of a POST in wire order. `{host}` is host and port, `{sentHost}` and `{target}` what the client makes of
   * them, `{auth}` the Authorization header's value, `{time}`, `{region}` and `{length}` what they say.
   */
  readonly head: string;
  readonly sentHost?: (host: string) => string;
  readonly target?: (host: string) => string;
  /** Host as signed; as sent without. */
  readonly signedHost?: (host: string) => string;
  /** Service of the scope; the first label of the host where it is not `facefusion`. */
  readonly service: "facefusion" | "first label";
  readonly contentType: string;
  readonly json: (parameters: object) => string;
  /** Behind the algorithm. */
  readonly blanks?: string;
  /** Signed beside type and host. */
  readonly signsAction?: boolean;
  /** Waits for `100 Continue` before bodies of over a megabyte. */
  readonly waits?: boolean;
}

const sha256 = (data: string): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac("sha256", key).update(data).digest();

const hex4 = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(4, "0");
const asciiOnly = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${hex4(letter)}`);
/** Puts blanks behind colons, and behind commas too; texts of the calls here have neither with a quote before them. */
const spaced = (text: string, comma: string): string =>
  text.replace(/":/g, '": ').replace(/,(?=["{[])/g, comma);

const compact = (parameters: object): string => JSON.stringify(parameters);
const python = (parameters: object): string => asciiOnly(spaced(compact(parameters), ", "));
const ruby = (parameters: object): string => asciiOnly(spaced(compact(parameters), ","));
const php = (parameters: object): string => asciiOnly(compact(parameters).replaceAll("/", "\\/"));
const go = (parameters: object): string =>
  compact(parameters).replace(/[<>&]/g, (letter) => `\\u${hex4(letter)}`);
/** Gson escapes what could end a script, and writes floats that are whole with a fraction. */
const gson = (parameters: object): string =>
  compact(parameters)
    .replace(/[<>&='](?=[^"]*")/g, (letter) => `\\u${hex4(letter)}`)
    .replace(/"(\w+Radio)":(\d+)(?=[,}])/g, '"$1":$2.0');

const withoutPort = (host: string): string => host.replace(/:\d+$/, "");
const withScheme = (host: string): string => `http://${host}`;

/** The eleven clients. */
export const OFFICIAL_CLIENTS: readonly OfficialClient[] = [
  {
    name: "Node",
    service: "first label",
    contentType: "application/json",
    signedHost: withoutPort,
    json: compact,
    head: `POST / HTTP/1.1
Content-Type: application/json
X-TC-Action: FuseFaceUltra
X-TC-Region: {region}
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-RequestClient: SDK_NODEJS_4.1.313
X-TC-TraceId: 7d0c4b1e-5a52-4f6a-9a0e-3f8f1c1b2a3d
Authorization: {auth}
Content-Length: {length}
User-Agent: node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
Accept-Encoding: gzip,deflate
Connection: close
Accept: */*
Host: {sentHost}`,
  },
  {
    name: "Python",
    service: "facefusion",
    contentType: "application/json",
    json: python,
    head: `POST / HTTP/1.1
Host: {sentHost}
User-Agent: python-requests/2.32.3
Accept-Encoding: gzip, deflate
Accept: */*
Connection: keep-alive
Content-Type: application/json
X-TC-Action: FuseFaceUltra
X-TC-RequestClient: SDK_PYTHON_3.1.162
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
X-TC-Language: zh-CN
Authorization: {auth}
X-TC-TraceId: 7d0c4b1e-5a52-4f6a-9a0e-3f8f1c1b2a3d
Content-Length: {length}`,
  },
  {
    name: "Python, asynchronous",
    service: "facefusion",
    contentType: "application/json",
    target: () => "/?",
    json: python,
    head: `POST {target} HTTP/1.1
Content-Type: application/json
Host: {sentHost}
X-TC-Action: FuseFaceUltra
X-TC-RequestClient: SDK_PYTHON_3.1.162
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
X-TC-Language: zh-CN
X-TC-TraceId: 7d0c4b1e-5a52-4f6a-9a0e-3f8f1c1b2a3d
Authorization: {auth}
Content-Length: {length}`,
  },
  {
    name: "tccli",
    service: "facefusion",
    contentType: "application/json",
    sentHost: withScheme,
    json: python,
    head: `POST / HTTP/1.1
Host: {sentHost}
User-Agent: python-requests/2.32.3
Accept-Encoding: gzip, deflate
Accept: */*
Connection: keep-alive
Content-Type: application/json
X-TC-Action: FuseFaceUltra
X-TC-RequestClient: SDK_PYTHON_3.1.155; _CLI_3.1.155
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
X-TC-Language: zh-CN
Authorization: {auth}
Content-Length: {length}`,
  },
  {
    name: "Go",
    service: "facefusion",
    contentType: "application/json",
    json: go,
    head: `POST / HTTP/1.1
Host: {sentHost}
User-Agent: Go-http-client/1.1
Content-Length: {length}
Authorization: {auth}
Content-Type: application/json
X-Tc-Action: FuseFaceUltra
X-Tc-Language: zh-CN
X-Tc-Region: {region}
X-Tc-Requestclient: SDK_GO_1.3.166
X-Tc-Timestamp: {time}
X-Tc-Version: 2022-09-27
Accept-Encoding: gzip`,
  },
  {
    name: "PHP",
    service: "first label",
    contentType: "application/json",
    json: php,
    head: `POST / HTTP/1.1
Host: {sentHost}
User-Agent: GuzzleHttp/7
Connection: close
Content-Type: application/json
X-TC-Action: FuseFaceUltra
X-TC-RequestClient: SDK_PHP_3.0.1656
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
Authorization: {auth}
Content-Length: {length}`,
  },
  {
    name: "Ruby, through a proxy",
    service: "first label",
    contentType: "application/json",
    target: (host) => `http://${host}/`,
    json: ruby,
    head: `POST {target} HTTP/1.1
Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3
Accept: */*
User-Agent: Ruby
Host: {sentHost}
Content-Type: application/json
X-Tc-Action: FuseFaceUltra
X-Tc-Timestamp: {time}
X-Tc-Version: 2022-09-27
X-Tc-Region: {region}
X-Tc-Language: zh-CN
Authorization: {auth}
Connection: close
Content-Length: {length}`,
  },
  {
    name: "Java",
    service: "first label",
    contentType: "application/json; charset=utf-8",
    json: gson,
    head: `POST / HTTP/1.1
Content-Type: application/json; charset=utf-8
Host: {sentHost}
Authorization: {auth}
X-TC-Action: FuseFaceUltra
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-RequestClient: SDK_JAVA_3.1.1000
X-TC-Region: {region}
Content-Length: {length}
Connection: Keep-Alive
Accept-Encoding: gzip
User-Agent: okhttp/2.7.5`,
  },
  {
    name: "C++",
    service: "first label",
    contentType: "application/json",
    json: compact,
    waits: true,
    head: `POST / HTTP/1.1
Accept: */*
Authorization: {auth}
Connection: Close
Content-Type: application/json
Host: {sentHost}
X-TC-Action: FuseFaceUltra
X-TC-Region: {region}
X-TC-RequestClient: SDK_CPP_3.3.165
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
Content-Length: {length}`,
  },
  {
    name: ".NET",
    service: "first label",
    contentType: "application/json",
    json: compact,
    blanks: "  ",
    head: `POST / HTTP/1.1
Host: {sentHost}
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
X-TC-RequestClient: SDK_NET_3.0.1300
X-TC-Language: zh-CN
Authorization: {auth}
X-TC-Action: FuseFaceUltra
Content-Type: application/json
Content-Length: {length}`,
  },
  {
    name: "curl, as the documents call it",
    service: "facefusion",
    contentType: "application/json; charset=utf-8",
    json: compact,
    signsAction: true,
    waits: true,
    head: `POST / HTTP/1.1
Host: {sentHost}
User-Agent: curl/8.5.0
Accept: */*
Authorization: {auth}
Content-Type: application/json; charset=utf-8
X-TC-Action: FuseFaceUltra
X-TC-Timestamp: {time}
X-TC-Version: 2022-09-27
X-TC-Region: {region}
Content-Length: {length}`,
  },
];

/** A call to be written as a client writes it. */
export interface ClientCall {
  /** Host and port of the server. */
  readonly host: string;
  readonly key: ClientKey;
  readonly parameters: object;
  /** Unix seconds. */
  readonly time: number;
  readonly region?: string;
}

/** Returns head and body of a call as `client` sends them; the head ends with its empty line. */
export function written(client: OfficialClient, call: ClientCall): { head: string; body: string } {
  const { host, time } = call;
  const body = client.json(call.parameters);
  const sentHost = client.sentHost?.(host) ?? host;
  const service = client.service === "facefusion" ? client.service : host.split(".")[0]!;
  const values: Readonly<Record<string, string>> = {
    sentHost,
    target: client.target?.(host) ?? "/",
    time: String(time),
    region: call.region ?? "ap-guangzhou",
    length: String(Buffer.byteLength(body)),
    auth: authorization(client, { call, service, sentHost, body }),
  };
  const head = client.head.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const expects = client.waits && body.length > 1024 * 1024 ? "\nExpect: 100-continue" : "";
  return { head: `${head}${expects}\n\n`.replaceAll("\n", "\r\n"), body };
}

function authorization(
  client: OfficialClient,
  about: {
    readonly call: ClientCall;
    readonly service: string;
    readonly sentHost: string;
    readonly body: string;
  },
): string {
  const { service, body } = about;
  const { time, key, host } = about.call;
  const date = new Date(time * 1000).toISOString().slice(0, 10);
  const signed = [
    ["content-type", client.contentType],
    ["host", client.signedHost?.(host) ?? about.sentHost],
    ...(client.signsAction ? [["x-tc-action", "fusefaceultra"]] : []),
  ];
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join("");
  const canonical = `POST\n/\n\n${lines}\n${names}\n${sha256(body)}`;
  const scope = `${date}/${service}/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const derived = [date, service, "tc3_request"].reduce<string | Buffer>(
    hmac,
    `TC3${key.secretKey}`,
  );
  const signature = hmac(derived, text).toString("hex");
  return `TC3-HMAC-SHA256${client.blanks ?? " "}Credential=${key.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}
