import { useTexts } from "../i18n/texts.ts";
import { STEP_TEXTS } from "./step-texts.ts";
import "./step-times.css";

/** Bars of how long each step of a call took, in the order in which they ran. */
export function StepTimes({ stepMs }: { readonly stepMs: Readonly<Record<string, number>> }) {
  const names: Readonly<Record<string, string>> = useTexts(STEP_TEXTS);
  const entries = Object.entries(stepMs);
  const longest = Math.max(1, ...entries.map(([, ms]) => ms));
  return (
    <ul class="step-times">
      {entries.map(([step, ms]) => (
        <li key={step}>
          <span>{names[step] ?? step}</span>
          <span class="step-bar">
            <span style={{ width: `${(100 * ms) / longest}%` }} />
          </span>
          <span class="step-ms">{ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms</span>
        </li>
      ))}
    </ul>
  );
}
