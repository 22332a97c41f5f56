import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../shell/icon.tsx";
import "./drop-zone.css";

/** A place for files. */
export interface DropZoneProps {
  /** What may be dropped. */
  readonly title: string;
  readonly button: string;
  readonly isMultiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children?: ComponentChildren;
}

/** Takes files that are dropped, chosen or pasted while it has the focus. */
export function DropZone({ title, button, isMultiple = false, onFiles, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (event: Event, files: FileList | null | undefined): void => {
    event.preventDefault();
    setOver(false);
    if (files && files.length > 0) onFiles([...files]);
  };
  return (
    <section
      class={isOver ? "drop-zone over" : "drop-zone"}
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => take(event, event.dataTransfer?.files)}
      onPaste={(event) => take(event, event.clipboardData?.files)}
    >
      <Icon name="upload" size={28} />
      <p>{title}</p>
      <button type="button" onClick={() => input.current?.click()}>
        {button}
      </button>
      <input
        ref={input}
        type="file"
        class="unseen"
        tabIndex={-1}
        aria-label={title}
        accept="image/*"
        multiple={isMultiple}
        onChange={(event) => {
          take(event, event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {children}
    </section>
  );
}
