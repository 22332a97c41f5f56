/**
 * Remembers which signatures have been used, for a server that refuses replays. Servers that share one memory refuse
 * each other's replays too.
 */
export interface UsedSignatures extends AsyncDisposable {
  /**
   * Notes the first use of a signature until `endsAtMs` (Unix ms) and returns true; returns false for one that is
   * noted already. Of several uses at the same time exactly one gets true.
   */
  note(signature: string, endsAtMs: number): Promise<boolean>;
}
