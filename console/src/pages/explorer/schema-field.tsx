import { useId } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { Icon } from "../../shell/icon.tsx";
import type { Schema } from "./action-schema.ts";
import { setParameter } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import type { ActionHelp } from "./parameter-help.ts";
import { documentedName, isObject, type Path, valueAt } from "./parameter-values.ts";
import { ValueField } from "./value-field.tsx";

/** One parameter of the form. */
export interface SchemaFieldProps {
  readonly schema: Schema;
  readonly path: Path;
  /** All parameters of the action. */
  readonly values: unknown;
  readonly isRequired: boolean;
  readonly help: ActionHelp;
}

/** The field of a parameter, with the fields below it. */
export function SchemaField(props: SchemaFieldProps) {
  switch (props.schema.type) {
    case "object":
      return <ObjectField {...props} />;
    case "array":
      return <ArrayField {...props} />;
    default:
      return <ValueField {...props} />;
  }
}

/** The fields of an object's members. */
export function MemberFields({ schema, path, values, help }: Omit<SchemaFieldProps, "isRequired">) {
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, member]) => (
        <SchemaField
          key={name}
          schema={member}
          path={[...path, name]}
          values={values}
          isRequired={schema.required?.includes(name) ?? false}
          help={help}
        />
      ))}
    </>
  );
}

/** An object that may be left out: its members come when it is added. */
function ObjectField({ schema, path, values, help }: SchemaFieldProps) {
  const t = useTexts(EXPLORER_TEXTS);
  const name = String(path.at(-1));
  const isThere = isObject(valueAt(values, path));
  return (
    <fieldset class="group">
      <legend>
        <GroupName name={name} help={help.get(documentedName(path))?.meaning} />
      </legend>
      {isThere ? <MemberFields {...{ schema, path, values, help }} /> : null}
      <button
        type="button"
        class="small"
        onClick={() => setParameter(path, isThere ? undefined : {})}
      >
        <Icon name={isThere ? "close" : "plus"} size={16} />
        {fill(isThere ? t.remove : t.add, { what: name })}
      </button>
    </fieldset>
  );
}

/** A list of objects. */
function ArrayField({ schema, path, values, help }: SchemaFieldProps) {
  const t = useTexts(EXPLORER_TEXTS);
  const name = String(path.at(-1));
  const value = valueAt(values, path);
  const items = Array.isArray(value) ? value : [];
  return (
    <fieldset class="group">
      <legend>
        <GroupName name={name} help={help.get(documentedName(path))?.meaning} />
      </legend>
      {items.map((_, i) => {
        const item = `${name}.${i}`;
        return (
          <fieldset class="group item" key={item}>
            <legend class="mono">{item}</legend>
            <MemberFields schema={schema.items ?? {}} path={[...path, i]} {...{ values, help }} />
            <button
              type="button"
              class="small"
              onClick={() => setParameter([...path, i], undefined)}
            >
              <Icon name="close" size={16} />
              {fill(t.remove, { what: item })}
            </button>
          </fieldset>
        );
      })}
      <button type="button" class="small" onClick={() => setParameter([...path, items.length], {})}>
        <Icon name="plus" size={16} />
        {fill(t.add, { what: `${name}.${items.length}` })}
      </button>
    </fieldset>
  );
}

function GroupName({ name, help }: { readonly name: string; readonly help: string | undefined }) {
  const id = useId();
  return (
    <>
      <code aria-describedby={help === undefined ? undefined : id}>{name}</code>
      {help === undefined ? null : (
        <span class="help" id={id}>
          {" "}
          {help}
        </span>
      )}
    </>
  );
}
