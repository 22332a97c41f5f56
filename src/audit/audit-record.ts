/** What is kept about one call. Never pictures, parts of them, landmarks, texts of the caller's or URLs. */
export interface CallRecord {
  readonly kind: "call";
  readonly atMs: number;
  readonly requestId: string;
  /** Undefined where nobody's key fits the call. */
  readonly account?: string | undefined;
  /** Shortened to its beginning. */
  readonly secretId?: string | undefined;
  /** The caller's address as far as the setting lets it be known. */
  readonly client?: string | undefined;
  readonly action?: string | undefined;
  /** The wire's error code; undefined for success. */
  readonly code?: string | undefined;
  readonly durationMs: number;
  /** Of the request's body and of the answer's. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** Of all pictures as they came, and of the result. */
  readonly pictureBytes?: number | undefined;
  readonly resultBytes?: number | undefined;
  readonly modelType?: number | undefined;
  readonly faces?: number | undefined;
  /** False when the call asked for no visible label (`LogoAdd` 0). */
  readonly logoAdd?: boolean | undefined;
  readonly delivery?: string | undefined;
  /** Of a result that can be fetched: its id, and when it is deleted. */
  readonly resultId?: string | undefined;
  readonly resultExpiresAtMs?: number | undefined;
  /** What attests the consent of the persons shown. */
  readonly consent?: string | undefined;
}

/** A deletion that an operator ordered; it stays when the rows about the calls are empty. */
export interface DeletionRecord {
  readonly kind: "deletion";
  readonly atMs: number;
  /** Whose rows and results went: exactly one of the two. */
  readonly ofRequest?: string | undefined;
  readonly ofAccount?: string | undefined;
  /** Rows that were emptied. */
  readonly rows: number;
  /** Stored results that were deleted. */
  readonly results: number;
}

/** One thing that happened. */
export type AuditRecord = CallRecord | DeletionRecord;
