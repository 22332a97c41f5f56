/**
 * Returns scheme, host and port for the URLs of results: the configured one, else what the caller itself used. A
 * Host header that is no host (or carries a scheme, as tccli's does) is not copied as it is.
 */
export function publicOriginFrom(configured: string | undefined, hostHeader: string): string {
  if (configured !== undefined) return configured.replace(/\/$/, "");
  const host = hostHeader.replace(/^https?:\/\//i, "");
  const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
  return `http://${isHost ? host : "localhost"}`;
}
