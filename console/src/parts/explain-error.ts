import { BUSINESS_ERRORS } from "../../../src/protocol/business-errors.ts";
import { GATEWAY_ERRORS } from "../../../src/protocol/gateway-errors.ts";
import type { WireError } from "../../../src/protocol/wire-error.ts";
import type { AnswerError } from "../api/call-api.ts";

/** What docs/errors.md says of an error. */
export interface ErrorCause {
  readonly meaning: string;
  readonly cause: string;
}

const ERRORS: readonly WireError[] = [
  ...Object.values(GATEWAY_ERRORS),
  ...Object.values(BUSINESS_ERRORS),
];

/**
 * Finds what an answer may mean. One code can stand for several faults: those whose text fits come alone, else all of
 * the code.
 */
export function explainError({ code, message }: AnswerError): readonly ErrorCause[] {
  const ofCode = ERRORS.filter((error) => error.code === code);
  const fitting = ofCode.filter(({ en, zh }) => [en, zh].some((text) => fits(text, message)));
  return (fitting.length > 0 ? fitting : ofCode).map(({ en, cause }) => ({
    meaning: en.replaceAll(/\{(\w+)\}/g, "…"),
    cause: cause.replaceAll("`", ""),
  }));
}

/** Texts have places such as `{parameter}` that the answer fills. */
function fits(text: string, message: string): boolean {
  const escaped = text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, ".*");
  return new RegExp(`^${escaped}$`, "s").test(message);
}
