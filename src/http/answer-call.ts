import { setImmediate } from "node:timers/promises";
import { checkState } from "../accounts/account-state.ts";
import type { Accounts, Credential } from "../accounts/accounts.ts";
import { CONSENT_HEADER, consentOf } from "../accounts/consent.ts";
import { meterCall } from "../accounts/meter-call.ts";
import { checkPermitted } from "../accounts/permission.ts";
import type { RateLimit } from "../accounts/rate-limit.ts";
import { rateOf } from "../accounts/rate-limit.ts";
import type { UsedSignatures } from "../accounts/used-signatures.ts";
import type { Action, ActionOutcome } from "../actions/action.ts";
import { findAction } from "../actions/find-action.ts";
import { AppError, isAppError } from "../base/app-error.ts";
import type { ApiCall } from "../protocol/api-call.ts";
import { languageOf, readApiCall } from "../protocol/api-call.ts";
import { authenticate } from "../protocol/authenticate.ts";
import { errorEnvelope, successEnvelope } from "../protocol/envelope.ts";
import { toWireError } from "../protocol/error-codes.ts";
import type { Language } from "../protocol/language.ts";
import { readParameters } from "../protocol/read-parameters.ts";
import { isPayloadSigned } from "../protocol/tc3/verify-tc3.ts";
import type { WireRequest } from "../protocol/wire-request.ts";
import type { LogFields } from "../telemetry/logger.ts";
import { maskedId } from "../telemetry/logger.ts";
import type { CallWatch } from "./call-watch.ts";
import type { FailedAuthentications } from "./failed-authentications.ts";
import { publicOriginFrom } from "./public-origin.ts";
import { type Rejection, rejectionOf } from "./rejection.ts";

/** The word under which a caller wants to follow the steps of its own call. */
const FOLLOW_HEADER = "x-faceloom-follow";

/** What the chain works with. */
export interface CallParts {
  readonly accounts: Accounts;
  readonly actions: readonly Action[];
  readonly rateLimit: RateLimit;
  /** For accounts without a rate of their own; 0 is no limit. */
  readonly ratePerSecond: () => number;
  readonly nowMs: () => number;
  readonly requiresRegion: boolean;
  readonly strictScope: boolean;
  readonly allowsUnsignedPayload: boolean;
  readonly allowsV1Signature: boolean;
  /** Undefined when replays are accepted. */
  readonly usedSignatures: UsedSignatures | undefined;
  readonly publicUrl: string | undefined;
  /** Slows down addresses that try keys; without it none. */
  readonly failures?: FailedAuthentications;
  /** Hears of the calls of known accounts; without it nobody does. */
  readonly watch?: CallWatch | undefined;
}

/** A call as it arrived. */
export interface ArrivedCall {
  readonly request: WireRequest;
  readonly requestId: string;
  /** Where it came from. */
  readonly address: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** An answer, ready to be written, and what the log may know. */
export interface AnsweredCall {
  readonly pieces: readonly Buffer[];
  /** The wire's error code; undefined for success. */
  readonly code?: string;
  /** Set when an operator should look at it. */
  readonly fault?: unknown;
  /** Set when the call was turned away for want of room. */
  readonly rejection?: Rejection | undefined;
  readonly facts: LogFields;
}

/**
 * Takes a call through the chain, in the original's order of complaints: form and common parameters, credential,
 * age, signature, version and action, permission, region, rate, parameters, the account's state and means, work. Never throws: whatever happens becomes an answer.
 */
export async function answerCall(arrived: ArrivedCall, parts: CallParts): Promise<AnsweredCall> {
  const { request, requestId, signal } = arrived;
  const facts: Record<string, unknown> = { sourceBytes: request.body.length };
  let language = languageOf(request);
  try {
    const call = readApiCall(request, parts.requiresRegion);
    language = call.language;
    Object.assign(facts, factsOf(call, parts.nowMs()));
    const credential = await authenticate(call, {
      ...parts,
      findKey: parts.accounts.findCredential,
      noteSignature: parts.usedSignatures?.note,
    });
    const { account } = credential;
    Object.assign(facts, { account: account.id, secretId: maskedId(credential.secretId) });
    const action = findAction(parts.actions, call.version, call.action);
    const measured = action.measuredAs ?? action.name;
    checkPermitted(account, measured);
    checkRegion(call);
    parts.rateLimit.count(
      rateSubject(call, credential),
      rateOf(account.rates, measured, parts.ratePerSecond()),
    );
    // The body has just been hashed and is about to be parsed: others may run in between.
    await setImmediate();
    const parameters = readParameters(call, action.parameters);
    checkState(account);
    if (!action.isFree) facts.consent = consentOf(account, request.headers.get(CONSENT_HEADER));
    const publicOrigin = publicOriginFrom(parts.publicUrl, request.headers.get("host") ?? "");
    const counted = { accountId: account.id, action: action.name, atMs: parts.nowMs() };
    const onStep = parts.watch?.begin({
      requestId,
      accountId: account.id,
      followAs: request.headers.get(FOLLOW_HEADER),
      parameters,
    });
    const work = (): Promise<ActionOutcome> =>
      action.run(parameters, {
        requestId,
        accountId: account.id,
        signal,
        publicOrigin,
        onStep,
        note: (noted) => Object.assign(facts, noted),
      });
    const outcome = await (action.isFree ? work() : meterCall(parts.accounts, counted, work));
    return {
      pieces: successEnvelope(outcome.members, requestId),
      facts: { ...facts, ...outcome.facts },
    };
  } catch (thrown) {
    const error = parts.failures?.judge(thrown, arrived.address) ?? thrown;
    return refusedCall(error, { requestId, language, facts });
  }
}

/** Turns whatever was thrown into an answer. */
export function refusedCall(
  error: unknown,
  about: { readonly requestId: string; readonly language: Language; readonly facts: LogFields },
): AnsweredCall {
  const { requestId, language, facts } = about;
  const body = toWireError(error, language, requestId);
  const isOurs = !isAppError(error) || error.report || error.reason === "internal";
  return {
    pieces: errorEnvelope(body, requestId),
    code: body.Code,
    rejection: rejectionOf(error),
    ...(isOurs ? { fault: error } : {}),
    facts: isAppError(error) ? { ...facts, reason: error.reason, details: error.details } : facts,
  };
}

function factsOf(call: ApiCall, nowMs: number): LogFields {
  return {
    skewSeconds: call.timestamp - Math.floor(nowMs / 1000),
    action: call.action.slice(0, 64),
    version: call.version.slice(0, 16),
    family: call.family,
    client: call.request.headers.get("x-tc-requestclient")?.slice(0, 64),
    ...(isPayloadSigned(call.request) ? {} : { isPayloadSigned: false }),
  };
}

/** The page lists no regions for this action: any that looks like one is taken. */
function checkRegion(call: ApiCall): void {
  if (call.region === "" || /^[a-z]{2,8}(-[a-z\d]{1,16}){1,4}$/.test(call.region)) return;
  throw new AppError("region-invalid", "The region does not look like one.", {
    details: { parameter: call.family === "tc3" ? "X-TC-Region" : "Region" },
  });
}

function rateSubject(call: ApiCall, credential: Credential): string {
  return `${credential.account.id} ${call.action} ${call.region}`;
}
