import { useTexts } from "../../i18n/texts.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { ACTIONS } from "./offered-actions.ts";

interface AllowedActionsProps {
  /** Null for all, also those that come later. */
  readonly allowed: readonly string[] | null;
  readonly onChange: (allowed: readonly string[] | null) => void;
}

/** Which actions the account may call. */
export function AllowedActions({ allowed, onChange }: AllowedActionsProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const names = [...new Set([...ACTIONS, ...(allowed ?? [])])];
  const toggle = (name: string, isOn: boolean): void => {
    const others = (allowed ?? []).filter((one) => one !== name);
    onChange(isOn ? [...others, name] : others);
  };
  return (
    <fieldset class="account-allowed">
      <legend class="label">{t.allowed}</legend>
      <label class="row">
        <input
          type="checkbox"
          checked={allowed === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : [...ACTIONS])}
        />
        {t.allowAll}
      </label>
      {allowed === null
        ? null
        : names.map((name) => (
            <label key={name} class="row account-action">
              <input
                type="checkbox"
                checked={allowed.includes(name)}
                onChange={(event) => toggle(name, event.currentTarget.checked)}
              />
              {name}
            </label>
          ))}
    </fieldset>
  );
}
