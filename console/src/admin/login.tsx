import { useState } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import { ADMIN_TEXTS } from "./admin-texts.ts";
import { logIn } from "./call-admin.ts";
import { Problem } from "./parts/problem.tsx";
import { useAction } from "./parts/use-action.ts";

/** Asks for the operator's token. It goes to the server once; a cookie that no script can read takes its place. */
export function Login() {
  const t = useTexts(ADMIN_TEXTS);
  const [token, setToken] = useState("");
  const { run, isBusy, problem } = useAction();
  return (
    <div class="page admin-login">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => logIn(token.trim()));
        }}
      >
        <h1>{t.loginTitle}</h1>
        <p class="help">{t.loginLead}</p>
        <div class="field">
          <label for="admin-token">{t.token}</label>
          <input
            id="admin-token"
            type="password"
            autocomplete="current-password"
            required
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </div>
        <Problem text={problem} />
        <button type="submit" class="primary" disabled={isBusy}>
          {t.logIn}
        </button>
      </form>
    </div>
  );
}
