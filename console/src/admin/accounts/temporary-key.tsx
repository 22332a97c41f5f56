import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import type { NewKey } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
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
    <FormDialog {...{ title: t.newTemporary, problem, isBusy, onSubmit: make, onClose }}>
      <NumberField id="key-minutes" label={t.minutes} value={minutes} onChange={setMinutes} />
    </FormDialog>
  );
}
