import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useTexts } from "../i18n/texts.ts";
import { Icon } from "../shell/icon.tsx";
import { copyText } from "./copy-text.ts";
import "./code-block.css";

const TEXTS = {
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },
} as const;

interface CodeBlockProps {
  readonly text: string;
  /** What is copied, if that is more than what is shown. */
  readonly copied?: string;
  /** The text in colours. */
  readonly children?: ComponentChildren;
}

/** Text to be read and copied. */
export function CodeBlock({ text, copied = text, children = text }: CodeBlockProps) {
  const t = useTexts(TEXTS);
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    setCopied(await copyText(copied));
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <div class="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by the keyboard. */}
      <pre class="code" tabIndex={0}>
        {children}
      </pre>
      <button type="button" class="small code-copy" onClick={copy}>
        <Icon name={isCopied ? "check" : "copy"} size={16} />
        {isCopied ? t.copied : t.copy}
      </button>
    </div>
  );
}
