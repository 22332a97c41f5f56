import { useTexts } from "../../i18n/texts.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

/** Names of the pictures that come with the console. */
export type SampleName = "duo" | "mei" | "kofi" | "ana" | "ben";

interface SamplesProps {
  readonly names: readonly SampleName[];
  readonly onChoose: (name: SampleName) => void;
}

/** Offers pictures that come with the console. */
export function Samples({ names, onChoose }: SamplesProps) {
  const t = useTexts(PLAYGROUND_TEXTS);
  return (
    <div class="samples">
      <span class="help">{t.samples}</span>
      {names.map((name) => (
        <button
          type="button"
          key={name}
          class="sample"
          title={t[`sample_${name}`]}
          onClick={() => onChoose(name)}
        >
          <img src={`samples/${name}.jpg`} alt={t[`sample_${name}`]} />
        </button>
      ))}
    </div>
  );
}
