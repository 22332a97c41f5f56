import { session, signOut } from "../api/session.ts";
import { useTexts } from "../i18n/texts.ts";
import { Icon } from "../shell/icon.tsx";
import { useStore } from "../state/store.ts";
import { SIGN_IN_TEXTS } from "./sign-in-texts.ts";

/** Shows whose key signs the calls, and forgets it on a click. */
export function AccountTool() {
  const t = useTexts(SIGN_IN_TEXTS);
  const key = useStore(session);
  if (key === undefined) return null;
  return (
    <button type="button" class="quiet account" title={t.signOut} onClick={signOut}>
      <Icon name="user" />
      <span class="account-id mono">{masked(key.secretId)}</span>
      <span class="unseen">{t.signOut}</span>
      <Icon name="out" size={16} />
    </button>
  );
}

function masked(secretId: string): string {
  return secretId.length <= 12 ? secretId : `${secretId.slice(0, 6)}…${secretId.slice(-4)}`;
}
