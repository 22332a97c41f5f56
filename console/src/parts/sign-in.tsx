import { useState } from "preact/hooks";
import { callConsole } from "../api/call-console.ts";
import { readPastedKey } from "../api/pasted-key.ts";
import { signIn } from "../api/session.ts";
import type { Key } from "../api/sign-call.ts";
import { useTexts } from "../i18n/texts.ts";
import { SIGN_IN_TEXTS } from "./sign-in-texts.ts";
import "./sign-in.css";

type Draft = Record<"secretId" | "secretKey" | "token", string>;

/** The form that takes a key and tries it before it is used. */
export function SignIn() {
  const t = useTexts(SIGN_IN_TEXTS);
  const [draft, setDraft] = useState<Draft>({ secretId: "", secretKey: "", token: "" });
  const [fault, setFault] = useState("");
  const [isChecking, setChecking] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const key = keyOf(draft);
    if (key === undefined) return setFault(t.missing);
    setChecking(true);
    setFault((await faultOf(key, t.unreachable)) ?? "");
    setChecking(false);
  }

  const change = (name: keyof Draft, text: string): void =>
    setDraft({ ...draft, ...(readPastedKey(text) ?? { [name]: text.trim() }) });
  return (
    <form class="card sign-in" onSubmit={submit} autocomplete="off">
      <h2>{t.title}</h2>
      <p class="help">{t.lead}</p>
      <KeyField name="secretId" label={t.secretId} draft={draft} onChange={change} />
      <KeyField name="secretKey" label={t.secretKey} draft={draft} onChange={change} isSecret />
      <details open={draft.token !== ""}>
        <summary>{t.token}</summary>
        <KeyField name="token" label={t.token} draft={draft} onChange={change} isSecret />
      </details>
      {fault === "" ? null : (
        <p class="alert" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" class="primary" disabled={isChecking}>
        {isChecking ? t.checking : t.submit}
      </button>
      <p class="help">{t.privacy}</p>
    </form>
  );
}

interface KeyFieldProps {
  readonly name: keyof Draft;
  readonly label: string;
  readonly draft: Draft;
  readonly onChange: (name: keyof Draft, text: string) => void;
  readonly isSecret?: boolean;
}

function KeyField({ name, label, draft, onChange, isSecret = false }: KeyFieldProps) {
  return (
    <div class="field">
      <label for={`key-${name}`}>{label}</label>
      <input
        id={`key-${name}`}
        class="mono"
        {...(isSecret ? { type: "password" } : { type: "text" })}
        autocomplete="off"
        spellcheck={false}
        value={draft[name]}
        onInput={({ currentTarget }) => onChange(name, currentTarget.value)}
      />
    </div>
  );
}

function keyOf({ secretId, secretKey, token }: Draft): Key | undefined {
  if (secretId === "" || secretKey === "") return undefined;
  return { secretId, secretKey, ...(token === "" ? {} : { token }) };
}

/** Tries a key and uses it when the server takes it; returns what the server said against it. */
async function faultOf(key: Key, unreachable: string): Promise<string | undefined> {
  try {
    const { error } = await callConsole("DescribeConsole", {}, key);
    if (error === undefined) signIn(key);
    return error && `${error.code}: ${error.message}`;
  } catch {
    return unreachable;
  }
}
