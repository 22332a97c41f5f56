import { useState } from "preact/hooks";
import { MATERIAL_STATES, type MaterialState } from "../../../../src/materials/materials.ts";
import { useTexts } from "../../i18n/texts.ts";
import type { AdminMaterial } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Problem } from "../parts/problem.tsx";
import { useAction } from "../parts/use-action.ts";
import { MATERIALS_TEXTS } from "./materials-texts.ts";

interface ReviewFormProps {
  readonly material: AdminMaterial;
  /** Below `/admin/v1/`. */
  readonly path: string;
  readonly onSaved: () => void;
}

/** What the operator says of a material. */
export function ReviewForm({ material, path, onSaved }: ReviewFormProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...MATERIALS_TEXTS });
  const [state, setState] = useState<MaterialState>(material.state);
  const [auditResult, setWords] = useState(material.auditResult);
  const { run, isBusy, problem } = useAction();
  const isChanged = state !== material.state || auditResult !== material.auditResult;
  const save = (): Promise<void> =>
    run(async () => {
      await callAdmin("PATCH", path, { state, auditResult });
      onSaved();
    });
  return (
    <form
      class="material-review"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="field">
        <label for={`state-${material.id}`}>{t.state}</label>
        <select
          id={`state-${material.id}`}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as MaterialState)}
        >
          {MATERIAL_STATES.map((one) => (
            <option key={one} value={one}>
              {t[one]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`words-${material.id}`}>{t.words}</label>
        <input
          id={`words-${material.id}`}
          maxLength={1000}
          value={auditResult}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      <Problem text={problem} />
      <button type="submit" class="small" disabled={isBusy || !isChanged}>
        {t.save}
        <span class="unseen"> {material.id}</span>
      </button>
    </form>
  );
}
