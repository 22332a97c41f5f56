import { useTexts } from "../../i18n/texts.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { useAction } from "./use-action.ts";

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** The word on the button. */
  readonly verb: string;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, text, verb, onClose, onConfirm }: ConfirmProps) {
  const t = useTexts(ADMIN_TEXTS);
  const { run, isBusy, problem } = useAction();
  const confirm = (): Promise<void> =>
    run(async () => {
      await onConfirm();
      onClose();
    });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Problem text={problem} />
      <div class="row">
        <button type="button" class="danger" disabled={isBusy} onClick={confirm}>
          {verb}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {t.cancel}
        </button>
      </div>
    </Dialog>
  );
}
