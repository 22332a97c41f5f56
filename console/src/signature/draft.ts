import { createStore } from "../state/store.ts";

/** What is in the debugger's fields; other pages may put a request here and go to `/signature`. */
export interface SignatureDraft {
  readonly text: string;
  readonly secretKey: string;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

export const EMPTY_DRAFT: SignatureDraft = {
  text: "",
  secretKey: "",
  canonicalRequest: "",
  stringToSign: "",
};

/** The debugger's fields, kept while the tab is open and nowhere else. */
export const signatureDraft = createStore<SignatureDraft>(EMPTY_DRAFT);
