import { useId } from "preact/hooks";
import "./slider.css";

/** A number between 0 and 1, or other ends. */
export interface SliderProps {
  readonly label: string;
  /** Name on the wire, for people who write the call themselves. */
  readonly wireName?: string;
  readonly help?: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** A slider with its value. */
export function Slider(props: SliderProps) {
  const { label, wireName, help, value, min = 0, max = 1, step = 0.05, onChange } = props;
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>
        <span>
          {label} {wireName === undefined ? null : <code>{wireName}</code>}
        </span>
        <output for={id}>{value.toFixed(2)}</output>
      </label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      {help === undefined ? null : (
        <span class="help" id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}
