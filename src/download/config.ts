/** Limits of a download and the operator's exceptions to the address rules. */
export interface DownloadConfig {
  /** Exact CIDRs that are reachable although they are not public; they also allow any port. */
  readonly allowCidrs: readonly string[];
  /** DNS servers to ask, `address` or `address:port`; none means those of the machine. */
  readonly dnsServers: readonly string[];
  readonly dnsTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxBytes: number;
  /** Slowest average that is waited for once {@link slowStartMs} of the body are over. */
  readonly minBytesPerSecond: number;
  readonly slowStartMs: number;
  readonly maxRedirects: number;
  /** Downloads that run at once; further ones wait within their own deadline. */
  readonly maxConcurrent: number;
}

/** The defaults that docs/configuration.md states. */
export const DEFAULT_DOWNLOAD_CONFIG: DownloadConfig = {
  allowCidrs: [],
  dnsServers: [],
  dnsTimeoutMs: 4_000,
  connectTimeoutMs: 3_000,
  firstByteTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  totalTimeoutMs: 10_000,
  maxBytes: 20 * 1024 * 1024,
  minBytesPerSecond: 64 * 1024,
  slowStartMs: 3_000,
  maxRedirects: 3,
  maxConcurrent: 16,
};
