/** What a browser may do with the operator's pages: nothing but show them and talk to their own listener. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/**
 * Headers that browsers take from trustworthy origins only and complain about elsewhere (HTML, 7.1.3): https, as the
 * operator's own address says, and the own machine.
 */
export function trustedHeaders(
  host: string | undefined,
  publicUrl: string | undefined,
): Readonly<Record<string, string>> {
  const isTrusted =
    publicUrl?.startsWith("https:") === true ||
    /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host ?? "");
  return isTrusted ? { "cross-origin-opener-policy": "same-origin" } : {};
}
