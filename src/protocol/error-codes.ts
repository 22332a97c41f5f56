import type { Reason } from "../base/app-error.ts";
import { AppError } from "../base/app-error.ts";
import { BUSINESS_ERRORS } from "./business-errors.ts";
import { GATEWAY_ERRORS } from "./gateway-errors.ts";
import type { Language } from "./language.ts";
import type { WireError } from "./wire-error.ts";

/** How each of our reasons is told to a caller; docs/errors.md prints this table and a test compares them. */
export const WIRE_ERRORS = {
  ...GATEWAY_ERRORS,
  ...BUSINESS_ERRORS,
} as const satisfies Record<Reason, WireError>;

/** The `Error` member of an answer. */
export interface ErrorBody {
  readonly Code: string;
  readonly Message: string;
}

/** What an answer says of a fault nobody foresaw: nothing but that it happened. */
const UNFORESEEN: ErrorBody = {
  Code: "InternalError",
  Message:
    "An internal error has occurred. Retry your request, but if the problem persists, contact us.",
};

/** Translates any thrown value to what the caller may know of it; a few messages repeat the `requestId`. */
export function toWireError(error: unknown, language: Language, requestId = ""): ErrorBody {
  if (!(error instanceof AppError)) return UNFORESEEN;
  const { code, en, zh }: WireError = WIRE_ERRORS[error.reason];
  const speaksChinese = language === "zh-CN" || error.reason in BUSINESS_ERRORS;
  return { Code: code, Message: fill(speaksChinese ? zh : en, { ...error.details, requestId }) };
}

function fill(text: string, details: AppError["details"]): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ""));
}
