import { setting } from "../base/setting.ts";
import { integerSetting, textSetting } from "../base/setting-types.ts";

/** Where the server listens and how much it takes in. */
export const HTTP_SETTINGS = {
  host: setting("FACELOOM_HTTP_HOST", textSetting(/^[\w.:-]+$/, "an address or a host name"), {
    default: "127.0.0.1",
    describe: "Address to listen on; `0.0.0.0` for all of the machine.",
  }),
  port: setting("FACELOOM_HTTP_PORT", integerSetting(0, 65_535), {
    defaultText: "8080, or any free port if it is taken",
    describe: "Port to listen on; 0 takes any free port. The ready line says which.",
  }),
  publicUrl: setting(
    "FACELOOM_PUBLIC_URL",
    textSetting(/^https?:\/\/[\w.:[\]-]+\/?$/, "http(s)://host[:port] without a path"),
    {
      defaultText: "from the call's Host header",
      describe: "Address under which callers reach the server, used in the URLs of results.",
    },
  ),
  maxBodyBytes: setting("FACELOOM_HTTP_MAX_BODY_BYTES", integerSetting(1024, 256 * 1024 ** 2), {
    default: 24 * 1024 ** 2,
    isLive: true,
    describe: "Largest body of a call. The original takes 10 MB.",
  }),
  maxBodyBytesInFlight: setting(
    "FACELOOM_HTTP_MAX_BODY_BYTES_IN_FLIGHT",
    integerSetting(1024, 2 ** 40),
    {
      default: 256 * 1024 ** 2,
      isLive: true,
      describe: "Bodies of all calls at work together; further ones are told to retry.",
    },
  ),
  maxConnectionsPerAddress: setting(
    "FACELOOM_HTTP_MAX_CONNECTIONS_PER_ADDRESS",
    integerSetting(0, 1_000_000),
    {
      default: 256,
      isLive: true,
      describe:
        "Connections that one address may have open, of 2048 in all; further ones are closed at once. The own machine is exempt, where a proxy may be; 0 is no limit.",
    },
  ),
  authFailuresPerSecond: setting(
    "FACELOOM_AUTH_FAILURES_PER_SECOND",
    integerSetting(0, 1_000_000),
    {
      default: 20,
      describe:
        "Calls with a wrong key or signature that one address may send in a second, 20 times as many at once; beyond, they are answered with `RequestLimitExceeded`. Calls that are signed right are never held up, and the own machine is exempt; 0 is unlimited.",
    },
  ),
  stopDelayMs: setting("FACELOOM_STOP_DELAY_MS", integerSetting(0, 600_000), {
    default: 0,
    describe:
      "How long new calls are still served after a signal to stop, each with `Connection: close`, while `/readyz` says no already: the time a load balancer needs to notice.",
  }),
  stopTimeoutMs: setting("FACELOOM_STOP_TIMEOUT_MS", integerSetting(0, 600_000), {
    default: 30_000,
    describe: "How long running calls may go on after a signal to stop.",
  }),
} as const;
