import { useTexts } from "../../i18n/texts.ts";
import { ConsentField } from "../../parts/consent-field.tsx";
import { Slider } from "../../parts/slider.tsx";
import { useStore } from "../../state/store.ts";
import { LabelChoice } from "./label-choice.tsx";
import { choices, setOptions, USUAL_OPTIONS } from "./playground-state.ts";
import { PLAYGROUND_TEXTS } from "./playground-texts.ts";

/** Sliders, cards and switches for everything a call can say about how to fuse. */
export function OptionPanel() {
  const t = useTexts(PLAYGROUND_TEXTS);
  return (
    <section class="card" aria-label={t.settings}>
      <div class="row spread">
        <h2>{t.settings}</h2>
        <button type="button" class="small quiet" onClick={() => setOptions(USUAL_OPTIONS)}>
          {t.reset}
        </button>
      </div>
      <ModelTypes />
      <Strengths />
      <Switches />
      <LabelChoice />
      <ConsentField />
    </section>
  );
}

const TYPES = [1, 2, 3, 4, 5, 6] as const;

function ModelTypes() {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { modelType } = useStore(choices).options;
  return (
    <fieldset>
      <legend class="label">
        {t.modelType} <code>SwapModelType</code>
      </legend>
      <div class="type-cards">
        {TYPES.map((type) => (
          <label key={type} class="type-card">
            <input
              type="radio"
              name="model-type"
              value={type}
              checked={type === modelType}
              onChange={() => setOptions({ modelType: type })}
            />
            <span>
              <strong>
                {type} · {t[`type${type}`]}
              </strong>
              <span class="help">{t[`type${type}Text`]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Strengths() {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { options } = useStore(choices);
  return (
    <>
      <Slider
        {...{ label: t.warp, wireName: "WarpRadio", help: t.warpText, value: options.warp }}
        onChange={(warp) => setOptions({ warp })}
      />
      <Slider
        {...{ label: t.enhance, wireName: "EnhanceRadio", help: t.enhanceText }}
        value={options.enhance}
        onChange={(enhance) => setOptions({ enhance })}
      />
      <Slider
        {...{ label: t.smooth, wireName: "MpRadio", help: t.smoothText, value: options.smooth }}
        onChange={(smooth) => setOptions({ smooth })}
      />
    </>
  );
}

function Switches() {
  const t = useTexts(PLAYGROUND_TEXTS);
  const { teeth, makeup } = useStore(choices).options;
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={teeth}
          onChange={({ currentTarget }) => setOptions({ teeth: currentTarget.checked })}
        />
        <span>
          {t.teeth} <code>TeethEnhanceRadio</code>
        </span>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          checked={makeup}
          onChange={({ currentTarget }) => setOptions({ makeup: currentTarget.checked })}
        />
        <span>
          {t.makeup} <code>MakeupTransferRadio</code>
        </span>
      </label>
    </>
  );
}
