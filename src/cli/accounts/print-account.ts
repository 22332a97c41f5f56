import type { ListedAccount, ListedKey } from "../../accounts/account-book.ts";
import type { KeyPair, TemporaryKey } from "../../accounts/accounts.ts";

/** Writes one account for a person, without secrets. */
export function describeAccount(account: ListedAccount): string {
  const { id, name, state, allowedActions, monthlyQuota, balance, createdAt, keys } = account;
  const { consent } = account;
  return lines([
    ["Account", id],
    ["Name", name || "(none)"],
    ["Made", createdAt],
    ["State", state],
    ["Actions", allowedActions?.join(", ") ?? "all"],
    ["Rate", ratesText(account)],
    ["Quota", monthlyQuota === undefined ? "none" : `${monthlyQuota} calls a month`],
    ["Balance", balance === undefined ? "not prepaid" : `${balance} calls left`],
    ["Consent", consentText(consent)],
    ...keys.map((key): Line => ["Key", keyText(key)]),
  ]);
}

/** Writes every account on a line of its own: id, state, name, keys. */
export function listAccounts(accounts: readonly ListedAccount[]): string {
  const rows = accounts.map(
    ({ id, state, name, keys }) =>
      `${id}  ${state.padEnd(13)}  ${(name || "(none)").padEnd(20)}  ${keys.length} key${keys.length === 1 ? "" : "s"}\n`,
  );
  return rows.join("");
}

/** Writes a new key; nothing can show its secrets again. */
export function describeNewKey(key: KeyPair & Partial<TemporaryKey>): string {
  const { secretId, secretKey, token, expiresAtMs } = key;
  return `This key is shown only now:\n${lines([
    ["SecretId", secretId],
    ["SecretKey", secretKey],
    ...(token === undefined ? [] : [["Token", token] as Line]),
    ...(expiresAtMs === undefined ? [] : [["Ends", new Date(expiresAtMs).toISOString()] as Line]),
  ])}`;
}

type Line = readonly [name: string, value: string];

function lines(pairs: readonly Line[]): string {
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(11)}${value}\n`).join("");
}

function ratesText({ rates }: ListedAccount): string {
  const entries = Object.entries(rates).map(([action, rate]) => {
    return `${action === "*" ? "every other action" : action} ${rate === 0 ? "unlimited" : `${rate}/s`}`;
  });
  return entries.length === 0 ? "the server's" : `${entries.join(", ")}; else the server's`;
}

function consentText(consent: ListedAccount["consent"]): string {
  if (consent === undefined) return "not asked for";
  if (consent.kind === "per-call") return "attested with every call";
  return `standing, ${consent.reference}, since ${consent.since}`;
}

function keyText({ secretId, createdAt, expiresAtMs }: ListedKey): string {
  const until =
    expiresAtMs === undefined ? "" : `, temporary, ends ${new Date(expiresAtMs).toISOString()}`;
  return `${secretId}, made ${createdAt}${until}`;
}
