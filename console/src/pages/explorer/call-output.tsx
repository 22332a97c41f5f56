import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer, PreparedCall } from "../../api/call-api.ts";
import { session } from "../../api/session.ts";
import { fill, useTexts } from "../../i18n/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { goTo } from "../../shell/router.ts";
import { EMPTY_DRAFT, signatureDraft } from "../../signature/draft.ts";
import { useStore } from "../../state/store.ts";
import type { DescribedAction } from "./action-schema.ts";
import { CodeTab } from "./code-tab.tsx";
import { explored } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import { rawAnswer, rawRequest } from "./raw-http.ts";

/** What is sent and what comes back, and the same call as code. */
export function CallOutput({ action }: { readonly action: DescribedAction }) {
  const t = useTexts(EXPLORER_TEXTS);
  const { prepared, answer, isLost } = useStore(explored);
  const [chosen, choose] = useState("answer");
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (answer === undefined) return;
    choose("answer");
    // On a phone the answer is below the form.
    section.current?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  const tabs = [
    { id: "answer", title: t.answer },
    { id: "request", title: t.request },
    { id: "signature", title: t.signature },
    { id: "code", title: t.code },
  ];
  return (
    <section class="card explorer-output" aria-label={t.output} ref={section}>
      <Tabs label={t.output} tabs={tabs} chosen={chosen} onChoose={choose}>
        {isLost ? (
          <p class="alert" role="alert">
            {t.lost}
          </p>
        ) : null}
        {chosen === "answer" ? <AnswerTab answer={answer} /> : null}
        {chosen === "request" ? <RequestTab prepared={prepared} /> : null}
        {chosen === "signature" ? <SignatureTab prepared={prepared} /> : null}
        {chosen === "code" ? <CodeTab action={action} /> : null}
      </Tabs>
    </section>
  );
}

function AnswerTab({ answer }: { readonly answer: Answer | undefined }) {
  const t = useTexts(EXPLORER_TEXTS);
  if (answer === undefined) return <p class="help">{t.notSent}</p>;
  return (
    <>
      <div class="row" role="status">
        {answer.error === undefined ? <span class="badge good">{t.ok}</span> : null}
        <span class="help">{fill(t.took, { ms: Math.round(answer.durationMs) })}</span>
      </div>
      <ErrorNote answer={answer} />
      <ResultPicture image={answer.response.FusedImage} />
      <CodeBlock text={rawAnswer(answer)} copied={answer.text} />
    </>
  );
}

function ResultPicture({ image }: { readonly image: unknown }) {
  const t = useTexts(EXPLORER_TEXTS);
  if (typeof image !== "string" || image === "") return null;
  if (/^https?:/.test(image)) {
    return (
      <a class="button" href={image} target="_blank" rel="noreferrer">
        {t.link}
      </a>
    );
  }
  const type = image.startsWith("iVBOR") ? "png" : "jpeg";
  return <img class="answer-picture" src={`data:image/${type};base64,${image}`} alt={t.picture} />;
}

interface PreparedProps {
  readonly prepared: PreparedCall | undefined;
}

function RequestTab({ prepared }: PreparedProps) {
  const t = useTexts(EXPLORER_TEXTS);
  if (prepared === undefined) return <p class="help">{t.notSigned}</p>;
  return <CodeBlock text={rawRequest(prepared, location.host)} />;
}

function SignatureTab({ prepared }: PreparedProps) {
  const t = useTexts(EXPLORER_TEXTS);
  if (prepared === undefined) return <p class="help">{t.notSigned}</p>;
  return (
    <>
      <h3>{t.canonical}</h3>
      <CodeBlock text={prepared.canonicalRequest} />
      <h3>{t.toSign}</h3>
      <CodeBlock text={prepared.stringToSign} />
      <h3>{t.signatureHex}</h3>
      <CodeBlock text={prepared.signature} />
      <button type="button" class="small" onClick={() => debugSignature(prepared)}>
        {t.debugSignature}
      </button>
    </>
  );
}

/** The debugger needs the body whole, so that its hash is the right one. */
function debugSignature({ headers, bytes }: PreparedCall): void {
  const head = Object.entries({ Host: location.host, ...headers }).map(([name, value]) => {
    return `${name}: ${value}`;
  });
  const body = new TextDecoder().decode(bytes);
  const text = `POST / HTTP/1.1\n${head.join("\n")}\n\n${body}`;
  const secretKey = session.get()?.secretKey ?? "";
  signatureDraft.set({ ...EMPTY_DRAFT, text, secretKey });
  goTo("/signature");
}
