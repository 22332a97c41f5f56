import type { Accounts, CountedCall } from "./accounts.ts";

/**
 * Runs the work of a call that is counted only when it succeeds. The count comes first, so that calls side by side
 * cannot overdraw a quota or a balance, and is taken back when the work fails.
 */
export async function meterCall<T>(
  accounts: Pick<Accounts, "charge" | "refund">,
  call: CountedCall,
  work: () => Promise<T>,
): Promise<T> {
  await accounts.charge(call);
  try {
    return await work();
  } catch (error) {
    // What the caller has to hear is why its call failed. On a full disk its count stays one too high.
    await accounts.refund(call).catch(() => undefined);
    throw error;
  }
}
