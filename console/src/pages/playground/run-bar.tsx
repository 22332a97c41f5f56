import { useTexts } from "../../i18n/texts.ts";
import { ErrorNote } from "../../parts/error-note.tsx";
import { progress01, STEP_TEXTS } from "../../parts/step-texts.ts";
import { Icon } from "../../shell/icon.tsx";
import { useStore } from "../../state/store.ts";
import { takingPart } from "./fusion-parameters.ts";
import { type FusionRun, fuse, runs, stopRunning } from "./fusion-run.ts";
import { choices } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

/** The button that fuses, what is missing before it can, and how far it is. */
export function RunBar() {
  const t = useTexts(PLAYGROUND_TEXTS);
  const now = useStore(choices);
  const { main, strip, isRunning } = useStore(runs);
  const missing = now.template === undefined ? t.needTemplate : t.needUser;
  const isReady = now.template !== undefined && takingPart(now).length > 0;
  const running = [main, ...strip].findLast((run) => run !== undefined && isGoing(run));
  return (
    <div class="run-bar">
      <div class="row">
        {isRunning ? (
          <button type="button" onClick={stopRunning}>
            <Icon name="stop" />
            {t.stop}
          </button>
        ) : (
          <button type="button" class="primary large" disabled={!isReady} onClick={() => fuse()}>
            <Icon name="play" />
            {t.fuse}
          </button>
        )}
        {isReady ? null : <span class="help">{missing}</span>}
        {running === undefined ? null : <Progress run={running} />}
      </div>
      {main?.answer?.error === undefined ? null : <ErrorNote answer={main.answer} />}
      {main?.isLost ? (
        <p class="alert" role="alert">
          {t.lost}
        </p>
      ) : null}
    </div>
  );
}

function isGoing({ answer, isLost }: FusionRun): boolean {
  return answer === undefined && !isLost;
}

function Progress({ run }: { readonly run: FusionRun }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const names: Readonly<Record<string, string>> = useTexts(STEP_TEXTS);
  const step = run.steps.at(-1);
  return (
    <div class="progress">
      <progress value={progress01(run.steps, run.faces)} max={1} aria-label={t.progress} />
      <span role="status">{step === undefined ? "…" : (names[step] ?? step)}</span>
    </div>
  );
}
