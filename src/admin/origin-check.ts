import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { AdminConfig } from "./config.ts";
import { foreignOrigin } from "./refusal.ts";

/** The names by which a browser on the own machine calls it. */
const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses requests to a name that is not ours: a page of a stranger may have its own name point to this address and
 * would then count as the same origin (DNS rebinding). An address cannot be pointed elsewhere, so each is taken.
 */
export function checkHost(headers: IncomingHttpHeaders, config: AdminConfig): void {
  const name = nameOf(`http://${headers.host ?? ""}`);
  const known = [...OWN_NAMES, config.host.toLowerCase(), nameOf(config.url ?? "")];
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  if (name === "" || !(known.includes(name) || isAddress)) {
    throw foreignOrigin("The Host header is not a name of this listener; see FACELOOM_ADMIN_URL.");
  }
}

/** Refuses what a browser sends on behalf of another site's page. */
export function checkOrigin(headers: IncomingHttpHeaders, config: AdminConfig): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    throw foreignOrigin("A page of another site sent the request.");
  }
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, headers, config)) {
    throw foreignOrigin("The Origin header is not that of this listener.");
  }
}

/** Tells whether the browser itself says that one of our pages sent the request. */
export function isSentByOwnPage(headers: IncomingHttpHeaders, config: AdminConfig): boolean {
  if (headers["sec-fetch-site"] === "same-origin") return true;
  const { origin } = headers;
  return origin !== undefined && isOwnOrigin(origin, headers, config);
}

function isOwnOrigin(origin: string, headers: IncomingHttpHeaders, config: AdminConfig): boolean {
  const configured = config.url?.replace(/\/$/, "").toLowerCase();
  return [configured, `http://${headers.host}`.toLowerCase()].includes(origin.toLowerCase());
}

function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}
