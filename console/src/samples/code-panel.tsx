import { language as pageLanguage } from "../i18n/language.ts";
import { fill, useTexts } from "../i18n/texts.ts";
import { CodeBlock } from "../parts/code-block.tsx";
import { Icon } from "../shell/icon.tsx";
import { createKeptStore } from "../state/kept-store.ts";
import { useStore } from "../state/store.ts";
import { CODE_NOTES, CODE_TEXTS } from "./code-texts.ts";
import { colorCode } from "./color-code.ts";
import type { SampleCall } from "./sample-call.ts";
import { prepareCall } from "./sample-call.ts";
import type { SampleLanguage } from "./sample-languages.ts";
import { SAMPLE_LANGUAGES } from "./sample-languages.ts";
import type { SampleFile } from "./sample-value.ts";
import { saveFile } from "./save-file.ts";
import "./code-panel.css";

const isKnown = (id: string): id is string => SAMPLE_LANGUAGES.some((one) => one.id === id);

/** The language that the person reads; it is remembered. */
const chosenLanguage = createKeptStore<string>("faceloom.sample-language", "python", isKnown);

/** A call as code for each official client, to be copied or saved together with its pictures. */
export function CodePanel({ call }: { readonly call: SampleCall }) {
  const chosen = useStore(chosenLanguage);
  const language = SAMPLE_LANGUAGES.find(({ id }) => id === chosen) ?? SAMPLE_LANGUAGES[0]!;
  const prepared = prepareCall(call);
  const code = language.write(prepared);
  return (
    <div class="code-panel">
      <LanguageChoice chosen={language.id} />
      <Preparation language={language} />
      <CodeBlock text={code}>
        {colorCode(code, language.id).map(({ kind, text }, i) =>
          kind === "plain" ? (
            text
          ) : (
            <span key={i} class={`code-${kind}`}>
              {text}
            </span>
          ),
        )}
      </CodeBlock>
      <Downloads language={language} code={code} files={prepared.files} />
    </div>
  );
}

function LanguageChoice({ chosen }: { readonly chosen: string }) {
  const t = useTexts(CODE_TEXTS);
  return (
    <fieldset class="code-languages">
      <legend class="unseen">{t.language}</legend>
      {SAMPLE_LANGUAGES.map(({ id, name }) => (
        <label key={id}>
          <input
            type="radio"
            name="code-language"
            value={id}
            checked={id === chosen}
            onChange={() => chosenLanguage.set(id)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Preparation({ language }: { readonly language: SampleLanguage }) {
  const t = useTexts(CODE_TEXTS);
  const shown = useStore(pageLanguage);
  const note = CODE_NOTES[language.id];
  return (
    <>
      {language.install === "" ? null : (
        <p class="code-install help">
          {t[language.preparation]} <code>{language.install}</code>
        </p>
      )}
      {note === undefined ? null : <p class="help">{note[shown]}</p>}
    </>
  );
}

interface DownloadsProps {
  readonly language: SampleLanguage;
  readonly code: string;
  readonly files: readonly SampleFile[];
}

function Downloads({ language, code, files }: DownloadsProps) {
  const t = useTexts(CODE_TEXTS);
  const bytesOf = ({ base64 }: SampleFile): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
  return (
    <>
      <p class="help">{t.key}</p>
      <div class="row">
        <button
          type="button"
          class="small"
          onClick={() => saveFile(language.file, new TextEncoder().encode(code))}
        >
          <Icon name="download" size={16} />
          {fill(t.saveCode, { file: language.file })}
        </button>
        {files.length === 0 ? null : <span class="help">{t.files}</span>}
        {files.map((file) => (
          <button
            key={file.name}
            type="button"
            class="small"
            onClick={() => saveFile(file.name, bytesOf(file))}
          >
            <Icon name="download" size={16} />
            {file.name}
          </button>
        ))}
      </div>
    </>
  );
}
