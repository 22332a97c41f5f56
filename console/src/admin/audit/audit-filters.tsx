import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import type { AdminAccount } from "../admin-answers.ts";
import { AUDIT_TEXTS } from "./audit-texts.ts";

/** Which rows are asked for; what is left out is not asked. */
export type ChosenRows = Readonly<
  Partial<Record<"account" | "outcome" | "since" | "until" | "requestId", string>>
>;

interface AuditFiltersProps {
  readonly chosen: ChosenRows;
  readonly accounts: readonly AdminAccount[];
  readonly onChoose: (rows: ChosenRows) => void;
}

/** Chooses rows by account, time, outcome and RequestId. */
export function AuditFilters({ chosen, accounts, onChoose }: AuditFiltersProps) {
  const t = useTexts(AUDIT_TEXTS);
  const [rows, setRows] = useState<ChosenRows>(chosen);
  const set = (name: keyof ChosenRows, value: string): void => {
    const { [name]: _, ...others } = rows;
    setRows(value === "" ? others : { ...others, [name]: value });
  };
  const isKnown = accounts.some(({ id }) => id === rows.account);
  return (
    <form
      class="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(rows);
      }}
    >
      <div class="field">
        <label for="audit-account">{t.account}</label>
        <select
          id="audit-account"
          value={rows.account ?? ""}
          onChange={(event) => set("account", event.currentTarget.value)}
        >
          <option value="">{t.everyAccount}</option>
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name || id}
            </option>
          ))}
          {rows.account !== undefined && !isKnown ? (
            <option value={rows.account}>{rows.account}</option>
          ) : null}
        </select>
      </div>
      <div class="field">
        <label for="audit-outcome">{t.outcome}</label>
        <select
          id="audit-outcome"
          value={rows.outcome ?? ""}
          onChange={(event) => set("outcome", event.currentTarget.value)}
        >
          <option value="">{t.anyOutcome}</option>
          <option value="ok">{t.ok}</option>
          <option value="failed">{t.failed}</option>
        </select>
      </div>
      {(["since", "until"] as const).map((name) => (
        <div class="field" key={name}>
          <label for={`audit-${name}`}>{t[name]}</label>
          <input
            id={`audit-${name}`}
            type="date"
            value={rows[name] ?? ""}
            onInput={(event) => set(name, event.currentTarget.value)}
          />
        </div>
      ))}
      <div class="field">
        <label for="audit-request">{t.requestId}</label>
        <input
          id="audit-request"
          class="mono"
          maxLength={64}
          autocomplete="off"
          spellcheck={false}
          value={rows.requestId ?? ""}
          onInput={(event) => set("requestId", event.currentTarget.value.trim())}
        />
      </div>
      <button type="submit">{t.show}</button>
    </form>
  );
}
