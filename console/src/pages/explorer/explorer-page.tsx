import { useEffect, useState } from "preact/hooks";
import { callConsole } from "../../api/call-console.ts";
import { session } from "../../api/session.ts";
import { useTexts } from "../../i18n/texts.ts";
import { AccountPage } from "../../parts/account-page.tsx";
import { ConsentField } from "../../parts/consent-field.tsx";
import { hrefOf, place } from "../../shell/router.ts";
import { useStore } from "../../state/store.ts";
import { type DescribedAction, readActions } from "./action-schema.ts";
import { CallOutput } from "./call-output.tsx";
import { chooseAction, explored } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import { handedOver } from "./hand-over.ts";
import { ParameterForm } from "./parameter-form.tsx";
import "./explorer.css";

/** The API Explorer: a form of every action, a signed call, its code. `#/explorer?action=FuseFace` opens an action. */
export function ExplorerPage() {
  const t = useTexts(EXPLORER_TEXTS);
  return (
    <AccountPage title={t.title} lead={t.lead}>
      <Explorer />
    </AccountPage>
  );
}

function Explorer() {
  const t = useTexts(EXPLORER_TEXTS);
  const actions = useActions();
  const { action } = useStore(explored);
  useWishes();
  if (actions === undefined) return <p class="loading">{t.loading}</p>;
  const shown = actions.find(({ name }) => name === action) ?? actions[0];
  if (shown === undefined) return <p class="notice">{t.failed}</p>;
  return (
    <div class="explorer">
      <div class="explorer-form">
        <ActionChoice actions={actions} shown={shown} />
        <ParameterForm action={shown} />
      </div>
      <CallOutput action={shown} />
    </div>
  );
}

/** Takes the action that the address names and the call that another page has handed over. */
function useWishes(): void {
  const { query } = useStore(place);
  const wished = query.get("action");
  useEffect(() => {
    const given = handedOver.get();
    handedOver.set(undefined);
    if (given !== undefined) {
      const { action, parameters } = given;
      chooseAction(action);
      explored.set((now) => ({ ...now, values: { ...now.values, [action]: parameters } }));
    } else if (wished !== null) chooseAction(wished);
  }, [wished]);
}

/** The server's actions; empty when they cannot be had. */
function useActions(): readonly DescribedAction[] | undefined {
  const key = useStore(session);
  const [actions, setActions] = useState<readonly DescribedAction[]>();
  useEffect(() => {
    if (key === undefined) return;
    callConsole("DescribeConsole", {}, key).then(
      ({ response }) => setActions(readActions(response)),
      () => setActions([]),
    );
  }, [key]);
  return actions;
}

interface ActionChoiceProps {
  readonly actions: readonly DescribedAction[];
  readonly shown: DescribedAction;
}

function ActionChoice({ actions, shown }: ActionChoiceProps) {
  const t = useTexts(EXPLORER_TEXTS);
  const { region } = useStore(explored);
  const documents = hrefOf("/docs", { page: "api", at: shown.name.toLowerCase() });
  return (
    <section class="card">
      <div class="explorer-choice">
        <div class="field">
          <label for="explorer-action">{t.action}</label>
          <select
            id="explorer-action"
            value={shown.name}
            onChange={({ currentTarget }) => chooseAction(currentTarget.value)}
          >
            {actions.map(({ name, version }) => (
              <option key={name} value={name}>
                {name} ({version})
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="explorer-region">{t.region}</label>
          <input
            id="explorer-region"
            type="text"
            spellcheck={false}
            value={region}
            onInput={({ currentTarget }) =>
              explored.set((now) => ({ ...now, region: currentTarget.value }))
            }
          />
        </div>
      </div>
      <ConsentField />
      <a href={documents}>{t.documents}</a>
    </section>
  );
}
