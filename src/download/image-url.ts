import { isIP } from "node:net";
import { downloadFailed, urlIllegal } from "./errors.ts";

/** A URL that passed the syntax rules, with its host as it will be judged. */
export interface ImageUrl {
  readonly url: URL;
  /** Host without brackets: an address literal in its normal form, or a lower-case ASCII name. */
  readonly host: string;
  readonly isLiteral: boolean;
  /** True on 80 and 443; other ports are for operator-allowed addresses only. */
  readonly hasUsualPort: boolean;
}

/** Longest URL taken: what browsers and proxies are sure to pass. */
const MAX_URL_CHARACTERS = 2048;

/** Names that only have a meaning inside a machine or a private network (RFC 6761, RFC 6762, ICANN's .internal). */
const PRIVATE_SUFFIXES = ["localhost", "local", "internal"];

/**
 * Checks a caller's URL after WHATWG normalisation, so `0x7f.1`, `①②⑦.1` and `2130706433` are literals here.
 * Throws `url-illegal` for what is never fetched and `download-failed` for names that are private by definition.
 */
export function parseImageUrl(text: string): ImageUrl {
  if (text.length > MAX_URL_CHARACTERS) throw urlIllegal("length");
  if (!isPlain(text)) throw urlIllegal("characters");
  if (!/^https?:\/\//i.test(text)) throw urlIllegal("scheme");
  if (!URL.canParse(text)) throw urlIllegal("syntax");
  return checkImageUrl(new URL(text));
}

/** The part of {@link parseImageUrl} that also holds for the target of a redirect. */
export function checkImageUrl(url: URL): ImageUrl {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw urlIllegal("scheme");
  if (url.href.length > MAX_URL_CHARACTERS) throw urlIllegal("length");
  if (url.username !== "" || url.password !== "") throw urlIllegal("user name");
  if (url.port === "0") throw urlIllegal("port");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLiteral = isIP(host) !== 0;
  if (!isLiteral && isPrivateName(host)) throw downloadFailed("name", host);
  // WHATWG drops the scheme's own port; the other usual one stays visible.
  const hasUsualPort = ["", "80", "443"].includes(url.port);
  return { url, host, isLiteral, hasUsualPort };
}

/** The URL parser silently drops tabs and line ends and takes backslashes for slashes; nobody means those. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f || code === 0x5c) return false;
  }
  return true;
}

function isPrivateName(host: string): boolean {
  const labels = host.split(".");
  // A trailing dot gives an empty last label: it switches search domains off and dodges suffix rules.
  return labels.length < 2 || labels.includes("") || PRIVATE_SUFFIXES.includes(labels.at(-1)!);
}
