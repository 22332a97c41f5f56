import type { AccountState } from "../../../../src/accounts/account.ts";
import { useTexts } from "../../i18n/texts.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";

/** An account's state in a word. */
export function StateBadge({ state }: { readonly state: AccountState }) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const level = state === "active" ? "good" : state === "opening" ? "warn" : "bad";
  return <span class={`badge ${level}`}>{t[state]}</span>;
}
