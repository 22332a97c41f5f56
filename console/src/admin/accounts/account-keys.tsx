import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import type { AdminAccount, AdminKey, NewKey } from "../admin-answers.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { callAdmin } from "../call-admin.ts";
import { Confirm } from "../parts/confirm.tsx";
import { formatTime } from "../parts/format.ts";
import { Problem } from "../parts/problem.tsx";
import { useAction } from "../parts/use-action.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";
import { SecretOnce } from "./secret-once.tsx";
import { TemporaryKey } from "./temporary-key.tsx";

interface AccountKeysProps {
  readonly account: AdminAccount;
  readonly onChange: () => void;
}

/** The account's keys, and what can be done with them. */
export function AccountKeys({ account, onChange }: AccountKeysProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const base = `accounts/${encodeURIComponent(account.id)}`;
  const [made, setMade] = useState<NewKey>();
  const [isMakingTemporary, setMakingTemporary] = useState(false);
  const [removed, setRemoved] = useState<AdminKey>();
  const { run, isBusy, problem } = useAction();
  const pathOf = (key: AdminKey): string => `${base}/keys/${encodeURIComponent(key.secretId)}`;
  const show = (key: NewKey): void => {
    setMade(key);
    onChange();
  };
  const make = (): Promise<void> =>
    run(async () => {
      show((await callAdmin<{ readonly key: NewKey }>("POST", `${base}/keys`, {})).key);
    });
  const toggle = (key: AdminKey): Promise<void> =>
    run(async () => {
      await callAdmin("PATCH", pathOf(key), { isEnabled: !key.isEnabled });
      onChange();
    });
  return (
    <section class="card" aria-labelledby="account-keys">
      <h2 id="account-keys">{t.keys}</h2>
      <ul class="account-keys">
        {account.keys.map((key) => (
          <KeyLine
            key={key.secretId}
            adminKey={key}
            isBusy={isBusy}
            onToggle={() => void toggle(key)}
            onRemove={() => setRemoved(key)}
          />
        ))}
      </ul>
      {account.keys.length === 0 ? <p class="help">{t.noKeys}</p> : null}
      <Problem text={problem} />
      <div class="row">
        <button type="button" disabled={isBusy} onClick={() => void make()}>
          {t.newKey}
        </button>
        <button type="button" disabled={isBusy} onClick={() => setMakingTemporary(true)}>
          {t.newTemporary}
        </button>
      </div>
      <p class="help">{t.twoKeys}</p>
      {made === undefined ? null : <SecretOnce secret={made} onClose={() => setMade(undefined)} />}
      {isMakingTemporary ? (
        <TemporaryKey
          path={`${base}/temporary-keys`}
          onClose={() => setMakingTemporary(false)}
          onMade={(key) => {
            setMakingTemporary(false);
            show(key);
          }}
        />
      ) : null}
      {removed === undefined ? null : (
        <Confirm
          title={t.removeKey}
          text={fill(t.removeKeyText, { id: removed.secretId })}
          verb={t.remove}
          onClose={() => setRemoved(undefined)}
          onConfirm={async () => {
            await callAdmin("DELETE", pathOf(removed));
            onChange();
          }}
        />
      )}
    </section>
  );
}

interface KeyLineProps {
  readonly adminKey: AdminKey;
  readonly isBusy: boolean;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
}

function KeyLine({ adminKey, isBusy, onToggle, onRemove }: KeyLineProps) {
  const t = useTexts({ ...ADMIN_TEXTS, ...ACCOUNTS_TEXTS });
  const { secretId, isEnabled, isTemporary, expiresAt, createdAt } = adminKey;
  return (
    <li>
      <div>
        <code>{secretId}</code>
        <p class="row help">
          <span class={`badge ${isEnabled ? "good" : "bad"}`}>
            {isEnabled ? t.enabled : t.disabled}
          </span>
          {isTemporary ? <span class="badge warn">{t.temporary}</span> : null}
          {expiresAt === null
            ? formatTime(createdAt)
            : fill(t.ends, { time: formatTime(expiresAt) })}
        </p>
      </div>
      <div class="row">
        <button
          type="button"
          class="small"
          disabled={isBusy}
          aria-label={`${isEnabled ? t.disable : t.enable} ${secretId}`}
          onClick={onToggle}
        >
          {isEnabled ? t.disable : t.enable}
        </button>
        <button
          type="button"
          class="small danger"
          disabled={isBusy}
          aria-label={`${t.remove} ${secretId}`}
          onClick={onRemove}
        >
          {t.remove}
        </button>
      </div>
    </li>
  );
}
