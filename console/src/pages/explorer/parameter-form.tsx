import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { Tabs } from "../../parts/tabs.tsx";
import { Icon } from "../../shell/icon.tsx";
import { useStore } from "../../state/store.ts";
import type { DescribedAction } from "./action-schema.ts";
import { explored, setParameter, shownValues } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import { useActionHelp } from "./parameter-help.ts";
import { isObject } from "./parameter-values.ts";
import { MemberFields } from "./schema-field.tsx";
import { fillInDrawings, signShown } from "./send-call.ts";

/** The parameters of an action, as a form or as JSON, and the buttons that send them. */
export function ParameterForm({ action }: { readonly action: DescribedAction }) {
  const t = useTexts(EXPLORER_TEXTS);
  const [mode, setMode] = useState("form");
  const values = shownValues(useStore(explored));
  const help = useActionHelp(action.name);
  const { schema, version } = action;
  const tabs = [
    { id: "form", title: t.form },
    { id: "json", title: t.json },
  ];
  return (
    <form
      class="card"
      aria-label={t.parameters}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void signShown(version, true);
      }}
    >
      <div class="row spread">
        <h2>{t.parameters}</h2>
        {"MergeInfos" in (schema.properties ?? {}) ? (
          <button type="button" class="small" onClick={() => fillInDrawings(action.name)}>
            {t.drawings}
          </button>
        ) : null}
      </div>
      <Tabs label={t.parameters} tabs={tabs} chosen={mode} onChoose={setMode}>
        {mode === "form" ? (
          <MemberFields {...{ schema, path: [], values, help }} />
        ) : (
          <JsonField key={action.name} values={values} />
        )}
      </Tabs>
      <SendButtons version={version} />
    </form>
  );
}

/** A text of the parameters; it counts as soon as it is an object. */
function JsonField({ values }: { readonly values: unknown }) {
  const t = useTexts(EXPLORER_TEXTS);
  const [text, setText] = useState(() => JSON.stringify(values, undefined, 2));
  const [why, setWhy] = useState("");
  const change = (next: string): void => {
    setText(next);
    setWhy(takeJson(next) ?? "");
  };
  return (
    <div class="field">
      <textarea
        class="mono"
        rows={18}
        aria-label={t.json}
        aria-invalid={why !== ""}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      {why === "" ? null : (
        <p class="alert" role="alert">
          {fill(t.jsonFault, { why })}
        </p>
      )}
    </div>
  );
}

/** Takes the text if it can; returns what is wrong with it. */
function takeJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return "{ … }";
    setParameter([], value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function SendButtons({ version }: { readonly version: string }) {
  const t = useTexts(EXPLORER_TEXTS);
  const { isRunning } = useStore(explored);
  return (
    <div class="row send-buttons">
      <button type="submit" class="primary" disabled={isRunning}>
        <Icon name="play" />
        {isRunning ? t.running : t.send}
      </button>
      <button type="button" disabled={isRunning} onClick={() => signShown(version, false)}>
        {t.sign}
      </button>
    </div>
  );
}
