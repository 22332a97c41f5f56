import type { PictureFormat } from "../imaging/picture.ts";

/** A result to be kept until it expires. */
export interface StoredResult {
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  /** Who may delete it, and part of what the link is signed over. */
  readonly accountId: string;
  /** The request that made it; kept so that it can be found again, never shown. */
  readonly requestId: string;
  /** How long it can be fetched; without it as long as the configuration says. */
  readonly lifetimeSeconds?: number | undefined;
}

/** A result as it is served. */
export interface OpenedResult {
  readonly byteLength: number;
  /** Reads the picture bit by bit: as many callers as like may do so at once, and each holds a few kilobytes. */
  read(): AsyncIterable<Uint8Array>;
  readonly format: PictureFormat;
  readonly expiresAtMs: number;
}

/** Which results are to be deleted: one request's, or all of an account. */
export interface ResultOwner {
  readonly accountId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** How full a storage is and what it has done since the process started. */
export interface StorageFigures {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Of the file system below; undefined where there is none. */
  readonly disk: { readonly freeBytes: number; readonly sizeBytes: number } | undefined;
  /** Why nothing can be stored now, if so. */
  readonly shortage: "quota" | "free-space" | undefined;
  readonly stored: number;
  readonly deletedExpired: number;
  readonly deletedOnRequest: number;
  /** Time since every result was last looked at for its expiry. */
  readonly sinceSweepMs: number;
}

/**
 * Keeps results for their lifetime behind links that cannot be guessed or altered.
 *
 * @example
 * const { path } = await storage.put({ bytes, format: "jpeg", accountId, requestId });
 * const result = await storage.open(path); // undefined once it has expired
 */
export interface Storage extends AsyncDisposable {
  /**
   * Stores a result whole or not at all and returns its link, path and query.
   * Throws `resources-exhausted` when there is no room for it.
   */
  put(result: StoredResult): Promise<{ readonly path: string }>;
  /**
   * Returns the result behind a link exactly as {@link put} gave it out. Altered, expired, unknown and deleted
   * links are all undefined: nothing tells them apart.
   */
  open(path: string): Promise<OpenedResult | undefined>;
  /**
   * Deletes every result that fits all that `owner` names and returns how many there were; their links are dead from
   * then on. Throws `field-value-invalid` when it names nothing, which would be everybody's.
   */
  remove(owner: ResultOwner): Promise<number>;
  figures(): Promise<StorageFigures>;
  /** Stops background work; stored results stay. */
  [Symbol.asyncDispose](): Promise<void>;
}
