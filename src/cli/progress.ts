/** Shows what is being done on a line that overwrites itself. */
export interface Progress {
  /** Replaces the line. */
  show(text: string): void;
  /** Wipes the line; to be called before anything else is printed. */
  clear(): void;
}

/** Makes a progress line on a terminal; elsewhere it stays silent, so that logs and pipes keep clean. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let isShown = false;
  return {
    show(text) {
      if (!stream.isTTY) return;
      stream.write(`\r\x1b[K${text.slice(0, Math.max(10, stream.columns - 1))}`);
      isShown = true;
    },
    clear() {
      if (isShown) stream.write("\r\x1b[K");
      isShown = false;
    },
  };
}
