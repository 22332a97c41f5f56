import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting, listSetting } from "../base/setting-types.ts";

const MEBIBYTE = 1024 ** 2;

/** Settings of downloads: limits, and the operator's exceptions to the address rules. */
export const DOWNLOAD_SETTINGS = {
  allowCidrs: setting(
    "FACELOOM_DOWNLOAD_ALLOW_CIDRS",
    listSetting(/^[0-9a-fA-F.:]+\/\d{1,3}$/, "CIDRs such as 10.1.2.3/32, separated by commas"),
    {
      default: [],
      describe:
        "Exact address ranges that are reachable, on any port, although they are not public.",
    },
  ),
  dnsServers: setting(
    "FACELOOM_DOWNLOAD_DNS_SERVERS",
    listSetting(
      /^(?:[0-9.]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/,
      "addresses such as 10.0.0.53 or 10.0.0.53:5353, separated by commas",
    ),
    {
      default: [],
      defaultText: "those of the machine",
      describe: "Name servers for picture URLs.",
    },
  ),
  dnsTimeoutMs: setting("FACELOOM_DOWNLOAD_DNS_TIMEOUT_MS", integerSetting(10, 60_000), {
    default: 4_000,
    describe: "Longest time to find a host's addresses.",
  }),
  connectTimeoutMs: setting("FACELOOM_DOWNLOAD_CONNECT_TIMEOUT_MS", integerSetting(10, 60_000), {
    default: 3_000,
    describe: "Longest time to connect, TLS taken in.",
  }),
  firstByteTimeoutMs: setting(
    "FACELOOM_DOWNLOAD_FIRST_BYTE_TIMEOUT_MS",
    integerSetting(10, 60_000),
    { default: 5_000, describe: "Longest time to wait for the answer's headers." },
  ),
  idleTimeoutMs: setting("FACELOOM_DOWNLOAD_IDLE_TIMEOUT_MS", integerSetting(10, 60_000), {
    default: 5_000,
    describe: "Longest pause within an answer.",
  }),
  totalTimeoutMs: setting("FACELOOM_DOWNLOAD_TIMEOUT_MS", integerSetting(10, 600_000), {
    default: 10_000,
    describe: "Longest time of a whole download, redirects taken in.",
  }),
  maxBytes: setting("FACELOOM_DOWNLOAD_MAX_BYTES", integerSetting(1, 1024 * MEBIBYTE), {
    default: 20 * MEBIBYTE,
    describe: "Largest picture file taken from a URL.",
  }),
  minBytesPerSecond: setting(
    "FACELOOM_DOWNLOAD_MIN_BYTES_PER_SECOND",
    integerSetting(0, 1024 * MEBIBYTE),
    { default: 64 * 1024, describe: "Slowest average transfer that is waited for." },
  ),
  slowStartMs: setting("FACELOOM_DOWNLOAD_SLOW_START_MS", integerSetting(0, 600_000), {
    default: 3_000,
    describe: "Time of the transfer in which the slowest average does not count yet.",
  }),
  maxRedirects: setting("FACELOOM_DOWNLOAD_MAX_REDIRECTS", integerSetting(0, 10), {
    default: 3,
    describe: "Redirects that are followed, each checked like a URL of its own.",
  }),
  maxConcurrent: setting("FACELOOM_DOWNLOAD_CONCURRENCY", integerSetting(1, 10_000), {
    default: 16,
    describe: "Connections for downloads that are open at once.",
  }),
  maxPerAccount: setting("FACELOOM_DOWNLOAD_PER_ACCOUNT", integerSetting(1, 10_000), {
    default: 8,
    describe: "Downloads of one account that run at once; one call has eight pictures at most.",
  }),
  maxPerDestination: setting("FACELOOM_DOWNLOAD_PER_DESTINATION", integerSetting(1, 10_000), {
    default: 4,
    describe:
      "Connections to one address and port at once, whatever the names that lead there, so that callers cannot use the server to flood a third party.",
  }),
  maxWaitMs: setting("FACELOOM_DOWNLOAD_MAX_WAIT_MS", integerSetting(0, 600_000), {
    default: 10_000,
    describe:
      "Longest wait for each of these three; beyond, the call is answered with `RequestLimitExceeded`. Accounts with few connections come first.",
  }),
} as const;

/** The downloader's part of the configuration. */
export type DownloadConfig = ConfigOf<typeof DOWNLOAD_SETTINGS>;
