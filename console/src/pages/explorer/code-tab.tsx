import { fill, useTexts } from "../../i18n/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { prepareCall } from "../../samples/sample-call.ts";
import { SAMPLE_LANGUAGES } from "../../samples/sample-languages.ts";
import { createKeptStore } from "../../state/kept-store.ts";
import { useStore } from "../../state/store.ts";
import type { DescribedAction } from "./action-schema.ts";
import { explored, shownValues } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import { isObject } from "./parameter-values.ts";

const isKnown = (id: string): id is string => SAMPLE_LANGUAGES.some((one) => one.id === id);

/** The language that the person reads; it is remembered. */
const chosenLanguage = createKeptStore<string>("faceloom.sample-language", "python", isKnown);

/** The call that is filled in, as code for an official client. */
export function CodeTab({ action }: { readonly action: DescribedAction }) {
  const t = useTexts(EXPLORER_TEXTS);
  const now = useStore(explored);
  const chosen = useStore(chosenLanguage);
  const language = SAMPLE_LANGUAGES.find(({ id }) => id === chosen) ?? SAMPLE_LANGUAGES[0]!;
  const values = shownValues(now);
  const call = prepareCall({
    ...{ origin: location.origin, region: now.region },
    ...{ action: action.name, version: action.version },
    parameters: isObject(values) ? values : {},
  });
  return (
    <>
      <div class="field">
        <label for="code-language">{t.language}</label>
        <select
          id="code-language"
          value={language.id}
          onChange={({ currentTarget }) => chosenLanguage.set(currentTarget.value)}
        >
          {SAMPLE_LANGUAGES.map(({ id, name, file }) => (
            <option key={id} value={id}>
              {name} ({file})
            </option>
          ))}
        </select>
      </div>
      {language.install === "" ? null : (
        <p class="help">
          {fill("{install}: ", { install: t.install })}
          <code>{language.install}</code>
        </p>
      )}
      <CodeBlock text={language.write(call)} />
    </>
  );
}
