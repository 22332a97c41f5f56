import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Confirm } from "../parts/confirm.tsx";
import { AUDIT_TEXTS } from "./audit-texts.ts";

interface ForgetCallsProps {
  readonly onForgotten: () => void;
  /** Says how much went. */
  readonly tell: (rows: number, results: number) => string;
}

/** Deletes all that is kept of a call or an account, for people who ask for it. */
export function ForgetCalls({ onForgotten, tell }: ForgetCallsProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...AUDIT_TEXTS });
  const [kind, setKind] = useState<"requestId" | "accountId">("requestId");
  const [id, setId] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [told, setTold] = useState("");
  const forget = async (): Promise<void> => {
    const gone = await callAdmin<{ readonly rows: number; readonly results: number }>(
      "POST",
      "audit/delete",
      { [kind]: id },
    );
    setTold(tell(gone.rows, gone.results));
    onForgotten();
  };
  return (
    <form
      class="card"
      aria-labelledby="forget-calls"
      onSubmit={(event) => {
        event.preventDefault();
        setTold("");
        setAsking(true);
      }}
    >
      <h2 id="forget-calls">{t.forget}</h2>
      <p class="help">{t.forgetHelp}</p>
      <div class="field">
        <label for="forget-kind">{t.ofWhat}</label>
        <select
          id="forget-kind"
          value={kind}
          onChange={(event) =>
            setKind(event.currentTarget.value === "accountId" ? "accountId" : "requestId")
          }
        >
          <option value="requestId">{t.ofRequest}</option>
          <option value="accountId">{t.ofAccount}</option>
        </select>
      </div>
      <div class="field">
        <label for="forget-id">{t.id}</label>
        <input
          id="forget-id"
          class="mono"
          maxLength={64}
          autocomplete="off"
          spellcheck={false}
          value={id}
          onInput={(event) => setId(event.currentTarget.value.trim())}
        />
      </div>
      <div class="row">
        <button type="submit" class="danger" disabled={id === ""}>
          {t.forget}
        </button>
        <span class="help" role="status">
          {told}
        </span>
      </div>
      {isAsking ? (
        <Confirm
          title={t.forget}
          text={fill(t.forgetText, { owner: id })}
          verb={t.remove}
          onClose={() => setAsking(false)}
          onConfirm={forget}
        />
      ) : null}
    </form>
  );
}
