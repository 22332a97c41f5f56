import { AppError } from "../base/app-error.ts";
import type { ApiCall } from "./api-call.ts";
import { isSameText } from "./digests.ts";
import { authorizationMalformed } from "./errors.ts";
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
  readonly strictScope: boolean;
  readonly allowsUnsignedPayload: boolean;
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
 * Finds the key that signed a call and checks token, age and signature, in this order. Throws
 * `authorization-malformed`, `nonce-invalid`, `secret-id-not-found`, `token-invalid`, `signature-expired`,
 * `signature-mismatch`.
 */
export async function authenticate<K extends SigningKey>(
  call: ApiCall,
  parts: AuthenticationParts<K>,
): Promise<K> {
  const { key, authorization } = await identifyCaller(call, parts);
  if (authorization === undefined) {
    const host = call.request.headers.get("host") ?? "";
    verifyV1({ method: call.request.method, host, pairs: call.pairs }, key.secretKey);
  } else {
    const { allowsUnsignedPayload } = parts;
    verifyTc3({ ...call, ...call.request, authorization, allowsUnsignedPayload }, key.secretKey);
  }
  return key;
}

/** Does all of {@link authenticate} that needs no body: everything but the signature. */
export async function identifyCaller<K extends SigningKey>(
  call: ApiCall,
  parts: AuthenticationParts<K>,
): Promise<Caller<K>> {
  const authorization = call.family === "tc3" ? readAuthorization(call, parts) : undefined;
  if (call.family === "v1") checkNonce(call);
  const secretId = authorization?.secretId ?? call.pairs.get("SecretId")!;
  const key = secretId.length > MAX_SECRET_ID ? undefined : await parts.findKey(secretId);
  if (key === undefined) {
    throw new AppError("secret-id-not-found", "The SecretId is not known.");
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

function checkNonce(call: ApiCall): void {
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
