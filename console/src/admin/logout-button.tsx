import { useTexts } from "../i18n/texts.ts";
import { useStore } from "../state/store.ts";
import { ADMIN_TEXTS } from "./admin-texts.ts";
import { adminSession, logOut } from "./call-admin.ts";

/** Ends the operator's session. */
export function LogoutButton() {
  const t = useTexts(ADMIN_TEXTS);
  const session = useStore(adminSession);
  if (typeof session === "string") return null;
  return (
    // A session that has ended meanwhile has been forgotten already.
    <button type="button" class="quiet" onClick={() => void logOut().catch(() => undefined)}>
      {t.logOut}
    </button>
  );
}
