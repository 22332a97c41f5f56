import { fill, useTexts } from "../../i18n/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import type { NewKey } from "../admin-answers.ts";
import { Dialog } from "../parts/dialog.tsx";
import { formatTime } from "../parts/format.ts";
import { ACCOUNTS_TEXTS } from "./accounts-texts.ts";

interface SecretOnceProps {
  readonly secret: NewKey;
  readonly onClose: () => void;
}

/** Shows a new key with its secret; the server will not tell it again. */
export function SecretOnce({ secret, onClose }: SecretOnceProps) {
  const t = useTexts(ACCOUNTS_TEXTS);
  const lines = [
    `SecretId: ${secret.secretId}`,
    `SecretKey: ${secret.secretKey}`,
    ...(secret.token === undefined ? [] : [`Token: ${secret.token}`]),
  ];
  return (
    <Dialog title={t.secretTitle} onClose={onClose}>
      <p>{t.secretText}</p>
      <CodeBlock text={lines.join("\n")} />
      {secret.expiresAt === undefined ? null : (
        <p class="help">{fill(t.ends, { time: formatTime(secret.expiresAt) })}</p>
      )}
      <div class="row">
        <button type="button" class="primary" onClick={onClose}>
          {t.kept}
        </button>
      </div>
    </Dialog>
  );
}
