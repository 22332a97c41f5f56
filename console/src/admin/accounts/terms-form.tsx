import { useState } from "preact/hooks";
import { ACCOUNT_STATES, type AccountState } from "../../../../src/accounts/account.ts";
import { useTexts } from "../../i18n/texts.ts";
import type { AdminAccount, AdminTerms } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Problem } from "../parts/problem.tsx";
import { useAction } from "../parts/use-action.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { AllowedActions } from "./allowed-actions.tsx";
import { ConsentField } from "./consent-field.tsx";
import { NumberField } from "./number-field.tsx";
import { RateFields } from "./rate-fields.tsx";

interface TermsFormProps {
  readonly account: AdminAccount;
  readonly onSaved: () => void;
}

/** What the operator decides about an account. */
export function TermsForm({ account, onSaved }: TermsFormProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const [terms, setTerms] = useState<AdminTerms>(() => termsOf(account));
  const [isSaved, setSaved] = useState(false);
  const { run, isBusy, problem } = useAction();
  const change = (part: Partial<AdminTerms>): void => {
    setSaved(false);
    setTerms((old) => ({ ...old, ...part }));
  };
  const save = (): Promise<void> =>
    run(async () => {
      await callAdmin("PATCH", `accounts/${encodeURIComponent(account.id)}`, terms);
      setSaved(true);
      onSaved();
    });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{t.terms}</h2>
      <div class="field">
        <label for="account-state">{t.state}</label>
        <select
          id="account-state"
          value={terms.state}
          onChange={(event) => change({ state: event.currentTarget.value as AccountState })}
        >
          {ACCOUNT_STATES.map((state) => (
            <option key={state} value={state}>
              {t[state]}
            </option>
          ))}
        </select>
      </div>
      <NumberField
        id="account-quota"
        label={t.quota}
        help={t.quotaHelp}
        value={terms.monthlyQuota}
        onChange={(monthlyQuota) => change({ monthlyQuota })}
      />
      <NumberField
        id="account-balance"
        label={t.balance}
        help={t.balanceHelp}
        value={terms.balance}
        onChange={(balance) => change({ balance })}
      />
      <RateFields rates={terms.rates} onChange={(rates) => change({ rates })} />
      <AllowedActions
        allowed={terms.allowedActions}
        onChange={(allowedActions) => change({ allowedActions })}
      />
      <ConsentField rule={terms.consent} onChange={(consent) => change({ consent })} />
      <Problem text={problem} />
      <div class="row">
        <button type="submit" class="primary" disabled={isBusy}>
          {t.save}
        </button>
        <span role="status" class="help">
          {isSaved ? t.saved : ""}
        </span>
      </div>
    </form>
  );
}

function termsOf(account: AdminAccount): AdminTerms {
  const { state, allowedActions, rates, monthlyQuota, balance, consent } = account;
  return { state, allowedActions, rates, monthlyQuota, balance, consent };
}
