/** How one of our reasons is told to a caller. */
export interface WireError {
  /** The code that the official clients know. */
  readonly code: string;
  /** English text; `{name}` stands for a detail of the error. */
  readonly en: string;
  /** Chinese text, same placeholders. */
  readonly zh: string;
  /** For docs/errors.md: what causes it here and what the caller can do. */
  readonly cause: string;
}
