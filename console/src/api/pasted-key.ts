/** A pair as it is found in a pasted text. */
export interface PastedKey {
  readonly secretId: string;
  readonly secretKey: string;
}

/**
 * Finds both parts of a key in a text such as the one that the server prints (`SecretId: … SecretKey: …`), JSON or
 * settings (`SECRET_ID=…`); undefined when one is missing.
 */
export function readPastedKey(text: string): PastedKey | undefined {
  const find = (name: string): string | undefined =>
    new RegExp(`secret_?${name}["']?\\s*[:=]\\s*["']?([\\w-]+)`, "i").exec(text)?.[1];
  const secretId = find("id");
  const secretKey = find("key");
  if (secretId === undefined || secretKey === undefined) return undefined;
  return { secretId, secretKey };
}
