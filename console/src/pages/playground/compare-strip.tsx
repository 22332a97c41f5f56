import { fill, useTexts } from "../../i18n/texts.ts";
import { useStore } from "../../state/store.ts";
import { compare, type FusionRun, promote, runs } from "./fusion-run.ts";
import type { ChosenPicture, Options } from "./playground-state.ts";
import { setOptions } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";
import "./compare-strip.css";

const QUARTERS = [0, 0.25, 0.5, 0.75, 1] as const;

/** The values that one click compares. */
const COMPARISONS = {
  compareTypes: [1, 2, 3, 4, 5, 6].map((modelType) => ({ modelType })),
  compareWarp: QUARTERS.map((warp) => ({ warp })),
  compareEnhance: QUARTERS.map((enhance) => ({ enhance })),
  compareSmooth: QUARTERS.map((smooth) => ({ smooth })),
} as const satisfies Readonly<Record<string, readonly Partial<Options>[]>>;

/** The same pictures fused with other values, side by side. */
export function CompareStrip({ template }: { readonly template: ChosenPicture }) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { strip, isRunning } = useStore(runs);
  const names = Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[];
  return (
    <section class="card" aria-label={t.compare}>
      <div>
        <h2>{t.compare}</h2>
        <p class="help">{t.compareText}</p>
      </div>
      <div class="row">
        {names.map((name) => (
          <button
            type="button"
            key={name}
            class="small"
            disabled={isRunning}
            onClick={() => compare(COMPARISONS[name])}
          >
            {t[name]}
          </button>
        ))}
      </div>
      {strip.length === 0 ? null : (
        <ul class="strip">
          {strip.map((run) => (
            <StripPicture key={run.id} run={run} template={template} />
          ))}
        </ul>
      )}
    </section>
  );
}

function StripPicture({ run, template }: { readonly run: FusionRun } & StripProps) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const what = changeText(run.change, t.modelType);
  const { imageUrl } = run;
  if (imageUrl === undefined) {
    const text =
      run.answer === undefined && !run.isLost ? "…" : (run.answer?.error?.code ?? t.failed);
    return (
      <li class="strip-empty">
        <span>{text}</span>
        <span class="help">{what}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="strip-picture"
        aria-label={fill(t.use, { what })}
        onClick={() => take(run)}
      >
        <span class="strip-crop" style={cropOf(template)}>
          <img src={imageUrl} alt="" style={cropImageOf(template)} />
        </span>
        <span>{what}</span>
      </button>
    </li>
  );
}

interface StripProps {
  readonly template: ChosenPicture;
}

function changeText(change: Partial<Options>, modelType: string): string {
  const [name, value] = Object.entries(change)[0] ?? ["", ""];
  return name === "modelType" ? `${modelType} ${value}` : String(value);
}

function take(run: FusionRun): void {
  setOptions(run.change);
  promote(run);
}

/** Faces with a margin around them: what the comparison is about. */
function areaOf({ found }: ChosenPicture) {
  const faces = found?.faces ?? [];
  const { width = 1, height = 1 } = found ?? {};
  if (faces.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const margin = 0.35 * Math.max(...faces.map((face) => face.width));
  const left = Math.max(0, Math.min(...faces.map(({ x }) => x)) - margin);
  const top = Math.max(0, Math.min(...faces.map(({ y }) => y)) - margin);
  const right = Math.min(width, Math.max(...faces.map((face) => face.x + face.width)) + margin);
  const bottom = Math.min(height, Math.max(...faces.map((face) => face.y + face.height)) + margin);
  return {
    x: left / width,
    y: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}

function cropOf(template: ChosenPicture) {
  const { width, height } = areaOf(template);
  const { width: w = 1, height: h = 1 } = template.found ?? {};
  return { aspectRatio: `${width * w} / ${height * h}` };
}

function cropImageOf(template: ChosenPicture) {
  const { x, y, width, height } = areaOf(template);
  return {
    width: `${100 / width}%`,
    left: `${(-100 * x) / width}%`,
    top: `${(-100 * y) / height}%`,
  };
}
