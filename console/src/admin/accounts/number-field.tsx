interface NumberFieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly value: number | null;
  /** Told of every change; null for an empty field. */
  readonly onChange: (value: number | null) => void;
}

/** A whole number from 0 on, or nothing. */
export function NumberField({ id, label, help, value, onChange }: NumberFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step={1}
        inputMode="numeric"
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        value={value ?? ""}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value === "" ? null : currentTarget.valueAsNumber);
        }}
      />
      {help === undefined ? null : (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
