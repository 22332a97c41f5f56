import { AppError } from "../base/app-error.ts";

/** The request cannot be read; `problem` is one English sentence. */
export function malformedRequest(problem: string, cause?: unknown): AppError {
  return new AppError("malformed-request", problem, { details: { problem }, cause });
}

/** A query or form that is not percent-encoded pairs. */
export function malformedForm(cause?: unknown): AppError {
  return new AppError("malformed-form", "The query or form cannot be decoded.", { cause });
}

/** The body is of a type that the action does not take. */
export function unsupportedContentType(type: string, cause?: unknown): AppError {
  return new AppError("unsupported-content-type", "The body must be application/json.", {
    details: { contentType: echo(type) },
    cause,
  });
}

/** `Authorization` is missing a part or has one that is not allowed. */
export function authorizationMalformed(problem: string): AppError {
  return new AppError("authorization-malformed", "The Authorization header cannot be accepted.", {
    details: { problem },
  });
}

/** A parameter that must be there is not; `parameter` is its own name without a path, as the original says it. */
export function missingParameter(parameter: string): AppError {
  return new AppError("missing-parameter", `The parameter ${echo(parameter)} is missing.`, {
    details: { parameter: echo(parameter) },
  });
}

/** A parameter that the action does not know; `path` is dotted and 0-indexed. */
export function unknownParameter(path: string): AppError {
  return new AppError("unknown-parameter", `The parameter ${echo(path)} is not known.`, {
    details: { parameter: echo(path) },
  });
}

/** A parameter of another type than `type`; `path` is dotted and 0-indexed. */
export function wrongParameterType(path: string, type: string): AppError {
  return new AppError("wrong-parameter-type", `The parameter ${echo(path)} is not ${type}.`, {
    details: { parameter: echo(path), type },
  });
}

/** A parameter of the gateway with a value that is not allowed. */
export function invalidParameterValue(parameter: string, value: string): AppError {
  return new AppError("invalid-parameter-value", `The value of ${parameter} is not allowed.`, {
    details: { parameter: echo(parameter), value: echo(value) },
  });
}

/**
 * The signature does not fit. The digests are those the server computed, so that an operator can compare them
 * with the client's; they tell nothing about the key.
 */
export function signatureMismatch(
  why: string,
  digests: Readonly<Record<string, string>> = {},
): AppError {
  return new AppError("signature-mismatch", "The signature does not fit the request.", {
    details: { why, ...digests },
  });
}

const ECHO_CHARACTERS = 64;

/** Makes a caller's text safe to repeat in an answer or a log line: printable ASCII without backquotes, cut short. */
export function echo(text: string): string {
  const safe = text.slice(0, ECHO_CHARACTERS + 1).replace(/[^\x20-\x7e]|[`<>{}]/g, "?");
  return safe.length > ECHO_CHARACTERS ? `${safe.slice(0, ECHO_CHARACTERS)}...` : safe;
}
