import type { ConfigOf } from "../base/setting.ts";
import type { Accounts, KeyPair } from "./accounts.ts";
import type { ACCOUNTS_SETTINGS } from "./config.ts";
import { generateKeyPair } from "./key-pair.ts";

/** The pair that the operator gave, if any. */
export type Bootstrap = Pick<
  ConfigOf<typeof ACCOUNTS_SETTINGS>,
  "bootstrapSecretId" | "bootstrapSecretKey"
>;

/**
 * Sees to it that there is an account: the configured pair is made or updated; without one the first start makes
 * a pair. Returns the pair only when it was generated now, to be shown once.
 */
export async function ensureFirstAccount(
  accounts: Accounts,
  { bootstrapSecretId: secretId, bootstrapSecretKey: secretKey }: Bootstrap,
): Promise<KeyPair | undefined> {
  if (secretId !== undefined && secretKey !== undefined) {
    await accounts.putCredential({ secretId, secretKey });
    return undefined;
  }
  return (await accounts.isEmpty()) ? accounts.putCredential(generateKeyPair()) : undefined;
}
