import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import type { NewKey } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useAction } from "../parts/use-action.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { SecretOnce } from "./secret-once.tsx";

/** Asks for a name, makes the account and shows its key. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const [name, setName] = useState("");
  const [key, setKey] = useState<NewKey>();
  const { run, isBusy, problem } = useAction();
  if (key !== undefined) return <SecretOnce secret={key} onClose={onClose} />;
  const create = (): Promise<void> =>
    run(async () => {
      const made = await callAdmin<{ readonly key: NewKey }>("POST", "accounts", { name });
      setKey(made.key);
    });
  return (
    <FormDialog {...{ title: t.create, problem, isBusy, onSubmit: create, onClose }}>
      <div class="field">
        <label for="account-name">{t.name}</label>
        <input
          id="account-name"
          required
          maxLength={64}
          pattern="[\w.@\-]{1,64}"
          autocomplete="off"
          aria-describedby="account-name-help"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p class="help" id="account-name-help">
          {t.nameHelp}
        </p>
      </div>
    </FormDialog>
  );
}
