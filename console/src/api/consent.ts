import { createStore } from "../state/store.ts";

/**
 * Where the person keeps the consent of the people on the pictures; goes with every call as `X-Faceloom-Consent` while
 * it is not empty. Some accounts must give it (docs/accounts.md).
 */
export const consentReference = createStore("");

/** What the server takes as a reference. */
export const CONSENT_PATTERN = "[\\w.:\\/@+\\-]{1,128}";

const FORM = new RegExp(`^${CONSENT_PATTERN}$`);

/** Returns the header of the reference, or nothing for none and for what cannot be one. */
export function consentHeader(): Readonly<Record<string, string>> {
  const reference = consentReference.get();
  return FORM.test(reference) ? { "x-faceloom-consent": reference } : {};
}
