import { toWireError } from "../../../../src/protocol/error-codes.ts";
import { language } from "../../i18n/language.ts";
import { fill, useTexts } from "../../i18n/texts.ts";
import { Icon } from "../../shell/icon.tsx";
import type { Comparison, Finding, Inspection, Steps } from "../../signature/inspection.ts";
import { useStore } from "../../state/store.ts";
import { FINDING_TEXTS } from "./finding-texts.ts";
import { SIGNATURE_TEXTS } from "./signature-texts.ts";

const VERDICTS = {
  accepted: { icon: "check", level: "good" },
  refused: { icon: "close", level: "bad" },
  open: { icon: "info", level: "warn" },
} as const;

/** The decision, why, and everything that was computed on the way. */
export function InspectionView({ inspection }: { readonly inspection: Inspection }) {
  const t = useTexts(SIGNATURE_TEXTS);
  const { icon, level } = VERDICTS[inspection.verdict];
  return (
    <>
      <p class={`signature-verdict ${level}`}>
        <Icon name={icon} />
        {t[inspection.verdict]}
      </p>
      <ul class="signature-findings">
        {inspection.findings.map((finding) => (
          <FindingLine key={`${finding.kind} ${finding.values.name ?? ""}`} finding={finding} />
        ))}
      </ul>
      {inspection.comparisons.map((comparison) => (
        <ComparisonView key={comparison.of} comparison={comparison} />
      ))}
      {inspection.steps === undefined ? null : (
        <StepsView steps={inspection.steps} isV1={inspection.family === "v1"} />
      )}
    </>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const t = useTexts(SIGNATURE_TEXTS);
  return (
    <li>
      <span class={`badge ${finding.level}`}>{t[finding.level]}</span>
      <span>
        <FindingWords finding={finding} />
      </span>
    </li>
  );
}

/** Faults of the server come in its own words, as a caller would get them. */
function FindingWords({ finding }: { readonly finding: Finding }) {
  const shown = useStore(language);
  if (finding.kind !== "server-fault") {
    return <>{fill(FINDING_TEXTS[finding.kind][shown], finding.values)}</>;
  }
  const error = toWireError(finding.fault, shown === "zh" ? "zh-CN" : "en-US");
  return (
    <>
      <code>{error.Code}</code> {error.Message}
    </>
  );
}

function StepsView({ steps, isV1 }: { readonly steps: Steps; readonly isV1: boolean }) {
  const t = useTexts(SIGNATURE_TEXTS);
  const isSame = steps.computed === undefined || steps.computed === steps.given;
  return (
    <div class="signature-steps">
      {steps.canonicalRequest === undefined ? null : (
        <>
          <h2>{t.stepCanonical}</h2>
          <Code text={steps.canonicalRequest} label={t.stepCanonical} />
          <p class="signature-digest">
            <span class="help">{t.stepDigest}</span> <code>{steps.canonicalSha256}</code>
          </p>
        </>
      )}
      <h2>{isV1 ? t.stepStringV1 : t.stepString}</h2>
      <Code text={steps.stringToSign} label={isV1 ? t.stepStringV1 : t.stepString} />
      <p class="signature-digest">
        <span class="help">{t.stepDigest}</span> <code>{steps.stringSha256}</code>
      </p>
      <h2>{isV1 ? t.stepSignatureV1 : t.stepSignature}</h2>
      <dl class={`signature-pair ${isSame ? "" : "differs"}`}>
        <dt>{t.given}</dt>
        <dd>
          <code>{steps.given}</code>
        </dd>
        <dt>{t.computed}</dt>
        <dd>
          {steps.computed === undefined ? <i>{t.needsKey}</i> : <code>{steps.computed}</code>}
        </dd>
      </dl>
    </div>
  );
}

function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard */}
      <pre class="code" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const t = useTexts(SIGNATURE_TEXTS);
  const title = comparison.of === "canonical" ? t.canonicalOf : t.stringOf;
  return (
    <div class="signature-compare">
      <h2>
        {t.differences}: {title}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.server}</th>
            <th scope="col">{t.client}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.lines.map((line, i) => (
            <tr key={i} class={line.isSame ? "" : "differs"}>
              <td>
                <code>{line.ours ?? "–"}</code>
              </td>
              <td>
                <code>{line.theirs ?? "–"}</code>
                <span class="unseen"> {line.isSame ? t.same : t.different}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
