import type { ComponentChildren } from "preact";
import { useTexts } from "../../i18n/texts.ts";
import { ADMIN_TEXTS } from "../admin-texts.ts";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";

interface FormDialogProps {
  /** On the window and on the button that sends. */
  readonly title: string;
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form in a window of its own, with what went wrong and a way out. */
export function FormDialog(props: FormDialogProps) {
  const { title, problem, isBusy, onSubmit, onClose, children } = props;
  const t = useTexts(ADMIN_TEXTS);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {children}
        <Problem text={problem} />
        <div class="row">
          <button type="submit" class="primary" disabled={isBusy}>
            {title}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
