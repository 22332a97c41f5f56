/** Decides whether pictures may be fused. */
export interface Moderation {
  /**
   * Checks pictures as the caller sent them. Throws `moderation-refused` for one that must not be fused, and
   * `moderation-unavailable`, `moderation-empty` or `moderation-unreadable` when nothing can be decided: what cannot be
   * checked is not fused.
   */
  check(pictures: Iterable<Uint8Array>): Promise<void>;
}
