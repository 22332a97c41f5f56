import { useEffect, useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import { signatureDraft } from "../../signature/draft.ts";
import { inspectRequest } from "../../signature/inspect-request.ts";
import type { Inspection } from "../../signature/inspection.ts";
import { useStore } from "../../state/store.ts";
import { InspectionView } from "./inspection-view.tsx";
import { SignatureForm } from "./signature-form.tsx";
import { SIGNATURE_TEXTS } from "./signature-texts.ts";
import "./signature.css";

/** The signature debugger: a pasted request on one side, what the server makes of it on the other. */
export function SignaturePage() {
  const t = useTexts(SIGNATURE_TEXTS);
  const inspection = useInspection();
  return (
    <div class="page">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <div class="signature-columns">
        <SignatureForm />
        <section class="card" aria-label={t.result} aria-live="polite">
          {inspection === undefined ? (
            <p class="help">{t.waiting}</p>
          ) : (
            <InspectionView inspection={inspection} />
          )}
        </section>
      </div>
    </div>
  );
}

/** Typing goes on while a large body is hashed, so that waits for a pause. */
const PAUSE_MS = 150;

function useInspection(): Inspection | undefined {
  const draft = useStore(signatureDraft);
  const [inspection, setInspection] = useState<Inspection>();
  useEffect(() => {
    const timer = setTimeout(() => {
      const { text } = draft;
      const given = (value: string): string | undefined => (value === "" ? undefined : value);
      const isEmpty = text.trim() === "";
      setInspection(
        isEmpty
          ? undefined
          : inspectRequest({
              text,
              secretKey: given(draft.secretKey),
              canonicalRequest: given(draft.canonicalRequest),
              stringToSign: given(draft.stringToSign),
              nowMs: Date.now(),
            }),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return inspection;
}
