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
  readonly bytes: Buffer;
  readonly format: PictureFormat;
  readonly expiresAtMs: number;
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
  /** Stops background work; stored results stay. */
  [Symbol.asyncDispose](): Promise<void>;
}
