import { useState } from "preact/hooks";
import { session } from "../../api/session.ts";
import { useTexts } from "../../i18n/texts.ts";
import type { SignatureDraft } from "../../signature/draft.ts";
import { EMPTY_DRAFT, signatureDraft } from "../../signature/draft.ts";
import { exampleDraft } from "../../signature/example.ts";
import { useStore } from "../../state/store.ts";
import { SIGNATURE_TEXTS } from "./signature-texts.ts";

function change(part: Partial<SignatureDraft>): void {
  signatureDraft.set((draft) => ({ ...draft, ...part }));
}

/** The debugger's fields. */
export function SignatureForm() {
  const t = useTexts(SIGNATURE_TEXTS);
  const draft = useStore(signatureDraft);
  return (
    <form class="card" onSubmit={(event) => event.preventDefault()}>
      <Area
        name="text"
        label={t.request}
        help={t.requestHelp}
        rows={14}
        placeholder={"POST / HTTP/1.1\nHost: …\nAuthorization: TC3-HMAC-SHA256 …"}
      />
      <SecretField />
      <details open={draft.canonicalRequest !== "" || draft.stringToSign !== ""}>
        <summary>{t.own}</summary>
        <div class="signature-own">
          <p class="help">{t.ownHelp}</p>
          <Area name="canonicalRequest" label={t.ownCanonical} rows={7} />
          <Area name="stringToSign" label={t.ownString} rows={4} />
        </div>
      </details>
      <div class="row">
        <button
          type="button"
          onClick={() => signatureDraft.set(exampleDraft(location.host, Date.now()))}
        >
          {t.example}
        </button>
        <button type="button" class="quiet" onClick={() => signatureDraft.set(EMPTY_DRAFT)}>
          {t.clear}
        </button>
      </div>
    </form>
  );
}

interface AreaProps {
  readonly name: "text" | "canonicalRequest" | "stringToSign";
  readonly label: string;
  readonly help?: string;
  readonly rows: number;
  readonly placeholder?: string;
}

function Area({ name, label, help, rows, placeholder }: AreaProps) {
  const draft = useStore(signatureDraft);
  const id = `signature-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="mono"
        rows={rows}
        spellcheck={false}
        autocapitalize="off"
        placeholder={placeholder}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        value={draft[name]}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
      {help === undefined ? null : (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

const SHOWN = { type: "text" } as const;
const HIDDEN = { type: "password" } as const;

function SecretField() {
  const t = useTexts(SIGNATURE_TEXTS);
  const draft = useStore(signatureDraft);
  const key = useStore(session);
  const [isShown, setShown] = useState(false);
  return (
    <div class="field">
      <label for="signature-key">{t.secretKey}</label>
      <div class="signature-key">
        <input
          id="signature-key"
          class="mono"
          {...(isShown ? SHOWN : HIDDEN)}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="signature-key-help"
          value={draft.secretKey}
          onInput={(event) => change({ secretKey: event.currentTarget.value })}
        />
        <button type="button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t.hide : t.show}
        </button>
      </div>
      <p class="help" id="signature-key-help">
        {t.secretKeyHelp}
      </p>
      {key === undefined ? null : (
        <button
          type="button"
          class="small signature-session"
          onClick={() => change({ secretKey: key.secretKey })}
        >
          {t.useSession}
        </button>
      )}
    </div>
  );
}
