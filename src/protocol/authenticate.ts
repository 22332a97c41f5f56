import { AppError } from "../base/app-error.ts";
import type { ApiCall } from "./api-call.ts";
import { isSameText } from "./digests.ts";
import { authorizationMalformed, echo } from "./errors.ts";
import type { Authorization } from "./tc3/authorization.ts";
import { parseAuthorization } from "./tc3/authorization.ts";
import { verifyTc3 } from "./tc3/verify-tc3.ts";
import { verifyV1 } from "./v1/verify-v1.ts";

/** What is known of a SecretId. */
export interface SigningKey {
  readonly secretKey: string;
  /** Belongs to a temporary key and must come with every call of it. */
  readonly token?: string;
  /** When a temporary key ends, Unix ms. */
  readonly expiresAtMs?: number;
}

/** What {@link authenticate} needs beside the call. */
export interface AuthenticationParts<K extends SigningKey> {
  /** Returns the key, or undefined for an unknown SecretId. */
  findKey(secretId: string): Promise<K | undefined>;
  /** Server time, Unix ms. */
  nowMs(): number;
  /**
   * Notes the use of a signature until `endsAtMs` (Unix ms), when it would be too old anyway; returns false for one that
   * is noted already. Without it a call may be repeated while it is not too old, as with the original.
   */
  readonly noteSignature?: ((signature: string, endsAtMs: number) => Promise<boolean>) | undefined;
  readonly strictScope: boolean;
  readonly allowsUnsignedPayload: boolean;
  readonly allowsV1Signature: boolean;
}

/** Longer SecretIds are not looked up. */
const MAX_SECRET_ID = 128;

/** How far a timestamp may be from the server's clock. */
const TOLERANCE_S = 300;

/** Who says to have signed a call. */
interface Caller<K extends SigningKey> {
  readonly key: K;
  /** Of TC3 calls. */
  readonly authorization: Authorization | undefined;
}

/**
 * Finds the key that signed a call and checks token, age and signature, in this order, and that the signature is new
 * where that is asked. Throws `signature-family-refused`, `authorization-malformed`, `nonce-invalid`,
 * `secret-id-not-found`, `token-invalid`, `signature-expired`, `signature-mismatch`, `signature-replayed`.
 */
export async function authenticate<K extends SigningKey>(
  call: ApiCall,
  parts: AuthenticationParts<K>,
): Promise<K> {
  const { key, authorization } = await identifyCaller(call, parts);
  const signature = verifySignature(call, { key, authorization }, parts);
  const endsAtMs = (call.timestamp + TOLERANCE_S + 1) * 1000;
  if ((await parts.noteSignature?.(signature, endsAtMs)) === false) {
    throw new AppError("signature-replayed", "The signature has been used before.");
  }
  return key;
}

/** Returns the signature when it fits. */
function verifySignature<K extends SigningKey>(
  call: ApiCall,
  { key, authorization }: Caller<K>,
  { allowsUnsignedPayload }: AuthenticationParts<K>,
): string {
  const { request, pairs } = call;
  if (authorization === undefined) return verifyV1({ ...request, pairs }, key.secretKey);
  return verifyTc3({ ...call, ...request, authorization, allowsUnsignedPayload }, key.secretKey);
}

/** Does all of {@link authenticate} that needs no body: everything but the signature. */
export async function identifyCaller<K extends SigningKey>(
  call: ApiCall,
  parts: AuthenticationParts<K>,
): Promise<Caller<K>> {
  const authorization = call.family === "tc3" ? readAuthorization(call, parts) : undefined;
  if (call.family === "v1") checkV1(call, parts.allowsV1Signature);
  const secretId = authorization?.secretId ?? call.pairs.get("SecretId")!;
  const key = secretId.length > MAX_SECRET_ID ? undefined : await parts.findKey(secretId);
  if (key === undefined) {
    // Beginning and length tell a SecretKey in the wrong place, a blank or a cut: the usual causes.
    const given = `${echo(secretId.slice(0, 4))}... of ${secretId.length} characters`;
    throw new AppError("secret-id-not-found", "The SecretId is not known.", {
      details: { secretId: given },
    });
  }
  checkToken(call, key, parts.nowMs());
  checkAge(call, parts.nowMs());
  return { key, authorization };
}

function readAuthorization<K extends SigningKey>(
  call: ApiCall,
  parts: AuthenticationParts<K>,
): Authorization {
  const authorization = parseAuthorization(call.request.headers.get("authorization") ?? "");
  if (parts.strictScope && authorization.service !== "facefusion") {
    throw authorizationMalformed("`Service` in Credential not valid");
  }
  return authorization;
}

function checkV1(call: ApiCall, isAllowed: boolean): void {
  if (!isAllowed) throw new AppError("signature-family-refused", "Only TC3 signatures are taken.");
  if (!/^\d{1,20}$/.test(call.pairs.get("Nonce")!)) {
    throw new AppError("nonce-invalid", "Nonce is not a whole number.");
  }
}

function checkToken(call: ApiCall, key: SigningKey, nowMs: number): void {
  if (!isSameText(call.token, key.token ?? "") || nowMs >= (key.expiresAtMs ?? Infinity)) {
    throw new AppError("token-invalid", "The token does not belong to the key, or has ended.");
  }
}

function checkAge(call: ApiCall, nowMs: number): void {
  if (Math.abs(call.timestamp - Math.floor(nowMs / 1000)) > TOLERANCE_S) {
    throw new AppError("signature-expired", "The signature is older or newer than 300 s.");
  }
}
