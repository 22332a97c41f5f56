import type { SampleFile, SampleObject } from "./sample-value.ts";
import { readMembers } from "./sample-value.ts";

/** A call that is to be written as code. */
export interface SampleCall {
  /** Scheme, host and port of the server: `http://127.0.0.1:8080`. */
  readonly origin: string;
  readonly region: string;
  readonly action: string;
  /** `2022-09-27`. */
  readonly version: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A call with all that the languages need of it worked out. */
export interface PreparedCall {
  readonly isSecure: boolean;
  /** With its port, unless that is the scheme's own. */
  readonly host: string;
  readonly hostname: string;
  /** True for the scheme's own port. */
  readonly hasUsualPort: boolean;
  readonly origin: string;
  readonly region: string;
  readonly action: string;
  readonly version: string;
  /** As the clients name the version: `v20220927`. */
  readonly versionName: string;
  readonly members: SampleObject;
  /** Pictures that the code reads from files, in the order of the parameters. */
  readonly files: readonly SampleFile[];
  readonly answer: SampleAnswer;
}

/** What the code does with the answer: writes a picture, prints its link, or prints everything. */
export type SampleAnswer = "picture" | "link" | "all";

/** Where the code writes a fused picture, and where it takes key and identifier from. */
export const RESULT_FILE = "fused.jpg";
export const SECRET_ID = "TENCENTCLOUD_SECRET_ID";
export const SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";

/** Works out hosts, files and types. Throws `TypeError` for an origin that is not a URL. */
export function prepareCall(call: SampleCall): PreparedCall {
  const url = new URL(call.origin);
  const { members, files } = readMembers(call.parameters);
  const fuses = call.action.startsWith("Fuse");
  return {
    isSecure: url.protocol === "https:",
    host: url.host,
    hostname: url.hostname,
    hasUsualPort: url.port === "",
    origin: url.origin,
    region: call.region,
    action: call.action,
    version: call.version,
    versionName: `v${call.version.replaceAll("-", "")}`,
    members,
    files,
    answer: !fuses ? "all" : call.parameters.RspImgType === "url" ? "link" : "picture",
  };
}
