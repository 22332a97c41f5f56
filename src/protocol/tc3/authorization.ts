import { authorizationMalformed } from "../errors.ts";
import { TC3_ALGORITHM, TC3_TERMINATOR } from "./tc3-signature.ts";

/** The parts of a TC3 `Authorization` header. */
export interface Authorization {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

/** Longest SecretId that is looked up; ours have 36 characters. */
const MAX_SECRET_ID = 128;

/** Blanks and tabs only: `\s` would take other scripts' blanks too. */
const FORM =
  /^(\S+)[ \t]+Credential=([^,\s]*)[ \t]*,[ \t]*SignedHeaders=([^,\s]*)[ \t]*,[ \t]*Signature=([^,\s]*)[ \t]*$/;

/**
 * Parses the header leniently in blanks (one official client sends two after the algorithm) and strictly in all
 * else. Throws `authorization-malformed`.
 */
export function parseAuthorization(header: string): Authorization {
  const [, algorithm, credential, signedHeaders, signature] = FORM.exec(header) ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw authorizationMalformed("its form is not valid");
  }
  if (algorithm !== TC3_ALGORITHM) throw authorizationMalformed("`Algorithm` is not supported");
  return { ...parseCredential(credential), signedHeaders, signature };
}

function parseCredential(text: string): Pick<Authorization, "secretId" | "date" | "service"> {
  const [secretId, date, service, terminator, ...rest] = text.split("/");
  if (terminator !== TC3_TERMINATOR || rest.length > 0 || !secretId || !service) {
    throw authorizationMalformed("`Credential` not valid");
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date ?? "")) {
    throw authorizationMalformed("`Date` in Credential not valid");
  }
  if (secretId.length > MAX_SECRET_ID) {
    throw authorizationMalformed("`SecretId` in Credential not valid");
  }
  return { secretId, date: date!, service };
}

/** Writes the header as the documents show it. */
export function formatAuthorization(parts: Authorization): string {
  const scope = `${parts.secretId}/${parts.date}/${parts.service}/${TC3_TERMINATOR}`;
  return `${TC3_ALGORITHM} Credential=${scope}, SignedHeaders=${parts.signedHeaders}, Signature=${parts.signature}`;
}
