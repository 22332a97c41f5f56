import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { PictureFormat } from "../imaging/picture.ts";

/** What names one stored result. */
export interface ResultName {
  /** 128 random bits as 32 hexadecimal digits. */
  readonly id: string;
  readonly format: PictureFormat;
  /** Unix time in seconds; the link is dead from this second on. */
  readonly expiresAt: number;
}

/** What a link says, before its signature is checked. */
export interface ResultLink extends ResultName {
  /** HMAC-SHA256 in base64url, 43 characters. */
  readonly mac: string;
}

const EXTENSIONS = { jpeg: "jpg", png: "png" } as const satisfies Record<PictureFormat, string>;

/** The one spelling of a link; anything added, left out or encoded otherwise is no link. */
const PATTERN =
  /^\/results\/([0-9a-f]{32})\.(jpg|png)\?e=([1-9][0-9]{0,11})&s=([A-Za-z0-9_-]{43})$/;

/** Returns a new random id of 128 bits. */
export function createResultId(): string {
  return randomBytes(16).toString("hex");
}

/** Returns the ending of a result's file name, without the dot. */
export function resultExtension(format: PictureFormat): string {
  return EXTENSIONS[format];
}

/** Writes a signed link: `/results/<id>.<jpg|png>?e=<unix seconds>&s=<mac>`. */
export function formatResultLink(key: Uint8Array, result: ResultName, accountId: string): string {
  const { id, format, expiresAt } = result;
  const mac = macOf(key, result, accountId);
  return `/results/${id}.${EXTENSIONS[format]}?e=${expiresAt}&s=${mac}`;
}

/** Reads a link without trusting it; undefined when it is not spelled as {@link formatResultLink} does. */
export function parseResultLink(path: string): ResultLink | undefined {
  const [, id, extension, expiresAt, mac] = PATTERN.exec(path) ?? [];
  if (id === undefined || mac === undefined) return undefined;
  return { id, format: extension === "png" ? "png" : "jpeg", expiresAt: Number(expiresAt), mac };
}

/** Tells in constant time whether the link was signed with `key` for this account. */
export function isResultLinkSigned(key: Uint8Array, link: ResultLink, accountId: string): boolean {
  // The texts are compared, not the bytes they decode to: base64url has several spellings of one MAC.
  return timingSafeEqual(Buffer.from(link.mac), Buffer.from(macOf(key, link, accountId)));
}

function macOf(key: Uint8Array, { id, format, expiresAt }: ResultName, accountId: string): string {
  // The account comes last: the other parts cannot contain the separator.
  const text = ["result-link", id, format, String(expiresAt), accountId].join("\n");
  return createHmac("sha256", key).update(text).digest("base64url");
}
