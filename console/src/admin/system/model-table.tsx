import { useTexts } from "../../i18n/texts.ts";
import type { SystemAnswer } from "../admin-answers.ts";
import { SYSTEM_TEXTS } from "./system-texts.ts";

/** The models with their origin, and whether the built files are as the catalog states. */
export function ModelTable({ models }: Pick<SystemAnswer, "models">) {
  const t = useTexts(SYSTEM_TEXTS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <div class="admin-scroll" tabIndex={0}>
      <table class="admin-table">
        <thead>
          <tr>
            <th scope="col">{t.role}</th>
            <th scope="col">{t.package}</th>
            <th scope="col">{t.licence}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.role}>
              <th scope="row">{model.role}</th>
              <td>
                <code>
                  {model.package}@{model.version}
                </code>
              </td>
              <td>{model.licence}</td>
              <td>
                <ModelState state={model.state} isOptional={model.isOptional} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ModelStateProps {
  readonly state: SystemAnswer["models"][number]["state"];
  readonly isOptional: boolean;
}

/** A missing model is a fault only when nothing works without it. */
function ModelState({ state, isOptional }: ModelStateProps) {
  const t = useTexts(SYSTEM_TEXTS);
  const isFine = state === "verified";
  const level = isFine ? "good" : state === "missing" && isOptional ? "warn" : "bad";
  return (
    <span class="row">
      <span class={`badge ${level}`}>{t[state]}</span>
      {isOptional ? <span class="help">{t.optional}</span> : null}
    </span>
  );
}
