import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import type { NewKey } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Problem } from "../parts/problem.tsx";
import { useAction } from "../parts/use-action.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { NumberField } from "./number-field.tsx";

interface TemporaryKeyProps {
  /** Of the account, below `/admin/v1/`. */
  readonly path: string;
  readonly onClose: () => void;
  readonly onMade: (key: NewKey) => void;
}

/** The API's own default, two hours. */
const USUAL_MINUTES = 120;

/** Asks how long a temporary key is to last, and makes it. */
export function TemporaryKey({ path, onClose, onMade }: TemporaryKeyProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const [minutes, setMinutes] = useState<number | null>(USUAL_MINUTES);
  const { run, isBusy, problem } = useAction();
  const make = (): Promise<void> =>
    run(async () => {
      const seconds = (minutes ?? USUAL_MINUTES) * 60;
      const made = await callAdmin<{ readonly key: NewKey }>("POST", path, { seconds });
      onMade(made.key);
    });
  return (
    <Dialog title={t.newTemporary} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <NumberField id="key-minutes" label={t.minutes} value={minutes} onChange={setMinutes} />
        <Problem text={problem} />
        <div class="row">
          <button type="submit" class="primary" disabled={isBusy}>
            {t.newTemporary}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
