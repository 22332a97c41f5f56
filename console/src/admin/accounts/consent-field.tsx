import type { ConsentRule } from "../../../../src/accounts/consent.ts";
import { useTexts } from "../../i18n/texts.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";

interface ConsentFieldProps {
  readonly rule: ConsentRule | null;
  readonly onChange: (rule: ConsentRule | null) => void;
}

/** Whether and how the account attests consent. A contract counts from the moment it is chosen. */
export function ConsentField({ rule, onChange }: ConsentFieldProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const choose = (kind: string): void => {
    if (kind === "standing") onChange({ kind, reference: "", since: new Date().toISOString() });
    else onChange(kind === "per-call" ? { kind } : null);
  };
  return (
    <>
      <div class="field">
        <label for="account-consent">{t.consent}</label>
        <select
          id="account-consent"
          value={rule?.kind ?? "none"}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="none">{t.consentNone}</option>
          <option value="per-call">{t.consentPerCall}</option>
          <option value="standing">{t.consentStanding}</option>
        </select>
      </div>
      {rule?.kind === "standing" ? (
        <div class="field">
          <label for="account-contract">{t.consentReference}</label>
          <input
            id="account-contract"
            required
            maxLength={128}
            autocomplete="off"
            aria-describedby="account-contract-help"
            value={rule.reference}
            onInput={(event) => onChange({ ...rule, reference: event.currentTarget.value })}
          />
          <p class="help" id="account-contract-help">
            {t.consentReferenceHelp}
          </p>
        </div>
      ) : null}
    </>
  );
}
