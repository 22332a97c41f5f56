import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import { useStore } from "../state/store.ts";
import { ADMIN_TEXTS } from "./admin-texts.ts";
import { adminSession, findSession } from "./call-admin.ts";
import { Login } from "./login.tsx";
import { Problem } from "./parts/problem.tsx";
import "./admin.css";

/** Returns a page that shows the login until somebody is logged in. */
export function guarded(Page: ComponentType): ComponentType {
  return function GuardedPage() {
    const t = useTexts(ADMIN_TEXTS);
    const session = useStore(adminSession);
    const [isUnreachable, setUnreachable] = useState(false);
    useEffect(() => {
      if (session === "unknown") findSession().catch(() => setUnreachable(true));
    }, [session]);
    if (isUnreachable) return <Problem text={t.unreachable} />;
    if (session === "unknown") return <p class="loading">{t.loading}</p>;
    return session === "none" ? <Login /> : <Page />;
  };
}
