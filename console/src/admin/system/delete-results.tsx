import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Confirm } from "../parts/confirm.tsx";
import { SYSTEM_TEXTS } from "./system-texts.ts";

/** Deletes the stored results of one call or of an account, for people who ask for it. */
export function DeleteResults() {
  const t = useTexts({ ...ADMIN_TEXTS, ...SYSTEM_TEXTS });
  const [requestId, setRequestId] = useState("");
  const [accountId, setAccountId] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [deleted, setDeleted] = useState<number>();
  const owner = {
    ...(requestId.trim() === "" ? {} : { requestId: requestId.trim() }),
    ...(accountId.trim() === "" ? {} : { accountId: accountId.trim() }),
  };
  return (
    <form
      class="card"
      aria-labelledby="delete-results"
      onSubmit={(event) => {
        event.preventDefault();
        setDeleted(undefined);
        setAsking(true);
      }}
    >
      <h2 id="delete-results">{t.deleteResults}</h2>
      <p class="help">{t.deleteResultsHelp}</p>
      <Field id="delete-request" label={t.ofRequest} value={requestId} onInput={setRequestId} />
      <Field id="delete-account" label={t.ofAccount} value={accountId} onInput={setAccountId} />
      <div class="row">
        <button type="submit" class="danger" disabled={Object.keys(owner).length === 0}>
          {t.deleteResults}
        </button>
        <span class="help" role="status">
          {deleted === undefined ? "" : fill(t.deletedCount, { n: deleted })}
        </span>
      </div>
      {isAsking ? (
        <Confirm
          title={t.deleteResults}
          text={fill(t.deleteResultsText, { owner: Object.values(owner).join(", ") })}
          verb={t.remove}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const path = "results/delete";
            setDeleted(
              (await callAdmin<{ readonly deleted: number }>("POST", path, owner)).deleted,
            );
          }}
        />
      ) : null}
    </form>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
}

function Field({ id, label, value, onInput }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="mono"
        maxLength={64}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
