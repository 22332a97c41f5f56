import { useState } from "preact/hooks";
import { useTexts } from "../../i18n/texts.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";
import "./before-after.css";

interface BeforeAfterProps {
  readonly before: string;
  readonly after: string;
  /** 1 fits the page. */
  readonly zoom: number;
  /** Width by height. */
  readonly ratio: number;
}

/** Two pictures of the same size over each other, parted by a line that can be moved. */
export function BeforeAfter({ before, after, zoom, ratio }: BeforeAfterProps) {
  const t = useTexts(PLAYGROUND_TEXTS);
  const [percent, setPercent] = useState(50);
  return (
    <div class="before-after">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section class="before-after-window" aria-label={t.compareView} tabIndex={0}>
        <div
          class="before-after-pictures"
          style={{ width: `calc(${zoom} * min(100%, ${ratio} * var(--stage)))` }}
        >
          <img src={before} alt={t.before} />
          <img
            class="on-top"
            src={after}
            alt={t.after}
            style={{ clipPath: `inset(0 0 0 ${percent}%)` }}
          />
          <span class="before-after-line" style={{ left: `${percent}%` }} />
        </div>
      </section>
      <div class="before-after-slider">
        <span class="help">{t.before}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={percent}
          aria-label={t.slider}
          onInput={({ currentTarget }) => setPercent(Number(currentTarget.value))}
        />
        <span class="help">{t.after}</span>
      </div>
    </div>
  );
}
