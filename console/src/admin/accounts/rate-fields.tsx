import { useTexts } from "../../i18n/texts.ts";
import type { AdminTerms } from "../admin-answers.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { NumberField } from "./number-field.tsx";
import { ACTIONS } from "./offered-actions.ts";

interface RateFieldsProps {
  readonly rates: AdminTerms["rates"];
  readonly onChange: (rates: AdminTerms["rates"]) => void;
}

/** Calls a second for each action, and for all that have no entry. */
export function RateFields({ rates, onChange }: RateFieldsProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const others = Object.keys(rates).filter((name) => name !== "*" && !isUsual(name));
  const change = (name: string, value: number | null): void => {
    const { [name]: _, ...rest } = rates;
    onChange(value === null ? rest : { ...rest, [name]: value });
  };
  return (
    <fieldset class="account-rates">
      <legend class="label">{t.rates}</legend>
      <p class="help">{t.ratesHelp}</p>
      {[...ACTIONS, ...others, "*"].map((name) => (
        <NumberField
          key={name}
          id={`rate-${name}`}
          label={name === "*" ? t.otherActions : name}
          value={rates[name] ?? null}
          onChange={(value) => change(name, value)}
        />
      ))}
    </fieldset>
  );
}

function isUsual(name: string): boolean {
  return (ACTIONS as readonly string[]).includes(name);
}
