import { useId } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import { readPicture } from "../playground/picture.ts";
import { setParameter } from "./explorer-state.ts";
import { EXPLORER_TEXTS } from "./explorer-texts.ts";
import { documentedName, type Path, valueAt } from "./parameter-values.ts";
import type { SchemaFieldProps } from "./schema-field.tsx";

/** A text, a number or a picture. */
export function ValueField({ schema, path, values, isRequired, help }: SchemaFieldProps) {
  const t = useTexts(EXPLORER_TEXTS);
  const id = useId();
  const name = String(path.at(-1));
  const about = help.get(documentedName(path));
  const hasDefault = about !== undefined && about.defaultText !== "–";
  return (
    <div class="field value-field">
      <label for={id}>
        <code>{name}</code> <span class="help">{schema.type}</span>
        {isRequired ? <span class="badge">{t.required}</span> : null}
      </label>
      <Input id={id} name={name} path={path} value={valueAt(values, path)} type={schema.type} />
      {about === undefined ? null : (
        <span class="help" id={`${id}-help`}>
          {about.meaning}
          {hasDefault ? ` · ${fill(t.default, { value: about.defaultText })}` : ""}
        </span>
      )}
    </div>
  );
}

interface InputProps {
  readonly id: string;
  readonly name: string;
  readonly path: Path;
  readonly value: unknown;
  readonly type: string | undefined;
}

function Input({ id, name, path, value, type }: InputProps) {
  if (/Image$/.test(name)) return <PictureInput {...{ id, name, path, value, type }} />;
  const isNumber = type === "integer" || type === "number";
  return (
    <input
      id={id}
      {...(isNumber ? { type: "number" } : { type: "text" })}
      step={type === "integer" ? 1 : "any"}
      aria-describedby={`${id}-help`}
      spellcheck={false}
      value={value === undefined ? "" : String(value)}
      onInput={({ currentTarget: { value: text } }) => setParameter(path, read(text, isNumber))}
    />
  );
}

/** An empty field is a parameter that is left out. */
function read(text: string, isNumber: boolean): unknown {
  if (text === "") return undefined;
  return isNumber ? Number(text) : text;
}

/** Base64, from a file or pasted. */
function PictureInput({ id, name, path, value }: InputProps) {
  const t = useTexts(EXPLORER_TEXTS);
  const text = typeof value === "string" ? value : "";
  const isLong = text.length > 200;
  return (
    <div class="row picture-input">
      {isLong ? (
        <>
          <img src={addressOf(text)} alt={name} />
          <span class="help">{fill(t.bytes, { n: text.length })}</span>
          <button type="button" class="small" onClick={() => setParameter(path, undefined)}>
            {fill(t.clear, { what: name })}
          </button>
        </>
      ) : (
        <input
          id={id}
          type="text"
          aria-describedby={`${id}-help`}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setParameter(path, read(currentTarget.value, false))}
        />
      )}
      <input
        type="file"
        {...(isLong ? { id } : {})}
        accept="image/*"
        aria-label={`${name}: ${t.file}`}
        onChange={({ currentTarget }) => void takeFile(path, currentTarget.files)}
      />
    </div>
  );
}

async function takeFile(path: Path, files: FileList | null): Promise<void> {
  const [file] = files ?? [];
  if (file === undefined) return;
  const { base64, url } = await readPicture(file, file.name);
  URL.revokeObjectURL(url);
  setParameter(path, base64);
}

function addressOf(base64: string): string {
  if (base64.startsWith("data:")) return base64;
  return `data:image/${base64.startsWith("iVBOR") ? "png" : "jpeg"};base64,${base64}`;
}
