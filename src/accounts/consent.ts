import { AppError } from "../base/app-error.ts";
import type { Account } from "./account.ts";

/**
 * How an account attests that the persons on its pictures agree: with every call, or once for all of them by a contract,
 * since when (ISO time) it is on file.
 */
export type ConsentRule =
  | { readonly kind: "per-call" }
  | { readonly kind: "standing"; readonly reference: string; readonly since: string };

/**
 * The header that attests consent for one call; its value is the caller's own reference to where it keeps the consent.
 * A header, since the official clients send none of their own and sign only a few: adding one breaks no signature.
 */
export const CONSENT_HEADER = "x-faceloom-consent";

/** A reference leads to a record elsewhere; it has no room for names and sentences. */
export const CONSENT_REFERENCE = /^[\w.:/@+-]{1,128}$/;

/**
 * Returns what attests the consent for a call: `call:` and the caller's reference, `standing:` and the contract's, or
 * undefined where nothing does and the account need not. Throws `consent-missing` where it must.
 */
export function consentOf(account: Account, header: string | undefined): string | undefined {
  if (header !== undefined && CONSENT_REFERENCE.test(header)) return `call:${header}`;
  if (account.consent === undefined) return undefined;
  if (account.consent.kind === "standing") return `standing:${account.consent.reference}`;
  throw new AppError("consent-missing", "The account must attest consent with every call.", {
    details: { header: header === undefined ? "missing" : "malformed" },
  });
}
