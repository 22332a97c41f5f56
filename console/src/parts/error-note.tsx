import type { Answer } from "../api/call-api.ts";
import { useTexts } from "../i18n/texts.ts";
import { hrefOf } from "../shell/router.ts";
import { explainError } from "./explain-error.ts";
import "./error-note.css";

const TEXTS = {
  when: { en: "When this happens", zh: "出现原因" },
  meaning: { en: "Meaning", zh: "含义" },
  more: { en: "All about this code", zh: "查看此错误码的文档" },
} as const;

/** Shows an error in the server's words and explains it. */
export function ErrorNote({ answer }: { readonly answer: Answer }) {
  const t = useTexts(TEXTS);
  const { error, requestId } = answer;
  if (error === undefined) return null;
  const causes = explainError(error);
  return (
    <div class="alert error-note" role="alert">
      <div>
        <code class="error-code">{error.code}</code>
        <p>{error.message}</p>
      </div>
      {causes.length === 0 ? null : (
        <dl>
          <dt>{t.meaning}</dt>
          <dd>{causes[0]?.meaning}</dd>
          <dt>{t.when}</dt>
          {causes.map(({ cause }) => (
            <dd key={cause}>{cause}</dd>
          ))}
        </dl>
      )}
      <p class="help">
        RequestId <code>{requestId}</code> ·{" "}
        <a href={hrefOf("/docs", { page: "errors", at: error.code })}>{t.more}</a>
      </p>
    </div>
  );
}
