import { useId } from "preact/hooks";
import { CONSENT_PATTERN, consentReference } from "../api/consent.ts";
import { useTexts } from "../i18n/texts.ts";
import { useStore } from "../state/store.ts";

const TEXTS = {
  label: { en: "Consent", zh: "授权凭据" },
  help: {
    en: "Your reference to the consent of the people shown. Some accounts must give one; others may leave it empty.",
    zh: "照片中人物授权的凭据编号。部分账户必须填写，其他账户可留空。",
  },
} as const;

/** Takes the reference that goes with every call. */
export function ConsentField() {
  const t = useTexts(TEXTS);
  const id = useId();
  const reference = useStore(consentReference);
  return (
    <div class="field">
      <label for={id}>
        {t.label} <code>X-Faceloom-Consent</code>
      </label>
      <input
        id={id}
        type="text"
        spellcheck={false}
        autocomplete="off"
        pattern={CONSENT_PATTERN}
        aria-describedby={`${id}-help`}
        value={reference}
        onInput={({ currentTarget }) => consentReference.set(currentTarget.value.trim())}
      />
      <span class="help" id={`${id}-help`}>
        {t.help}
      </span>
    </div>
  );
}
