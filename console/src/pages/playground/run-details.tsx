import { fill, useTexts } from "../../i18n/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { elidedJson } from "../../parts/elide.ts";
import { StepTimes } from "../../parts/step-times.tsx";
import { CodePanel } from "../../samples/code-panel.tsx";
import { goTo } from "../../shell/router.ts";
import { handOver } from "../explorer/hand-over.ts";
import type { FusionRun } from "./fusion-run.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

/** The call behind a result: its times, what was sent and what came back. */
export function RunDetails({ run }: { readonly run: FusionRun }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { answer, call, parameters } = run;
  if (answer === undefined) return null;
  const ms = Math.round(answer.durationMs);
  return (
    <section class="card run-details">
      {call?.stepMs === undefined ? null : (
        <details open>
          <summary>{t.times}</summary>
          <p class="help">{fill(t.timesText, { ms, queue: Math.round(call.queueMs ?? 0) })}</p>
          <StepTimes stepMs={call.stepMs} />
        </details>
      )}
      <details>
        <summary>{t.request}</summary>
        <CodeBlock text={elidedJson(parameters)} copied={JSON.stringify(parameters)} />
        <button
          type="button"
          class="small"
          onClick={() => {
            handOver("FuseFaceUltra", parameters);
            goTo("/explorer");
          }}
        >
          {t.openExplorer}
        </button>
      </details>
      <details>
        <summary>{t.code}</summary>
        <CodePanel
          call={{
            origin: location.origin,
            region: "ap-guangzhou",
            action: "FuseFaceUltra",
            version: "2022-09-27",
            parameters: { ...parameters },
          }}
        />
      </details>
      <details>
        <summary>{t.answer}</summary>
        <CodeBlock text={elidedJson({ Response: answer.response })} copied={answer.text} />
      </details>
    </section>
  );
}
