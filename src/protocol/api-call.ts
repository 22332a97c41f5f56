import { AppError } from "../base/app-error.ts";
import { invalidParameterValue, malformedRequest, missingParameter } from "./errors.ts";
import type { Language } from "./language.ts";
import { languageFrom } from "./language.ts";
import type { FormPairs } from "./v1/form.ts";
import { latin1Text, parseForm } from "./v1/form.ts";
import type { Target, WireRequest } from "./wire-request.ts";
import { parseTarget } from "./wire-request.ts";

/** A call whose common parameters have been read but whose signature has not been checked. */
export interface ApiCall {
  readonly family: Family;
  readonly request: WireRequest;
  /** Raw query, empty for a POST. */
  readonly query: string;
  /** Pairs of the query or the form; empty for a JSON body. */
  readonly pairs: FormPairs;
  readonly timestampText: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly action: string;
  readonly version: string;
  /** Empty when a lenient server took a call without one. */
  readonly region: string;
  readonly language: Language;
  /** Of temporary keys; empty without. */
  readonly token: string;
}

/** TC3 puts the common parameters into headers, the older v1 among the others. */
export type Family = "tc3" | "v1";

/** Limits of the original: query of a GET, body of a v1 POST. */
const MAX_QUERY_BYTES = 32 * 1024;
const MAX_V1_BODY_BYTES = 1024 * 1024;

const FORM_TYPE = "application/x-www-form-urlencoded";

/**
 * Reads a request's form and common parameters, in the original's order of complaints: method, size, syntax, then
 * `Timestamp`, `Action`, `Version`, the credential, `Region`.
 */
export function readApiCall(request: WireRequest, requiresRegion: boolean): ApiCall {
  checkMethod(request);
  const target = parseTarget(request.target);
  checkTarget(request, target);
  const family = familyOf(request);
  checkSize(request, target, family);
  const pairs = pairsOf(request, target, family);
  const read = commonReader(request, family, pairs);
  const timestampText = read("Timestamp");
  const call = {
    timestamp: parseTimestamp(timestampText),
    action: read("Action"),
    version: read("Version"),
  };
  checkCredentialIsThere(request, family, read);
  return {
    ...call,
    family,
    request,
    query: target.query,
    pairs,
    timestampText,
    region: requiresRegion ? read("Region") : read.orEmpty("Region"),
    language: languageOf(request, pairs),
    token: read.orEmpty("Token"),
  };
}

/** Returns the language to answer in; works for requests that are wrong in other ways. */
export function languageOf(request: WireRequest, pairs?: FormPairs): Language {
  return languageFrom(request.headers.get("x-tc-language") ?? pairs?.get("Language"));
}

/** Returns the type part of `Content-Type`, lower case, without parameters. */
export function contentTypeOf(request: WireRequest): string {
  const header = request.headers.get("content-type") ?? "";
  return header.split(";")[0]!.trim().toLowerCase();
}

/** Tells whether all that {@link readApiCall} reads is in the headers and the target, so that no body is needed. */
export function isToldByHeaders(request: WireRequest): boolean {
  return request.method !== "POST" || familyOf(request) === "tc3";
}

function checkMethod({ method, headers }: WireRequest): void {
  const encoding = headers.get("content-encoding") ?? "identity";
  if (!["GET", "POST"].includes(method) || encoding.toLowerCase() !== "identity") {
    throw new AppError("unsupported-protocol", "Only plain GET and POST requests are served.");
  }
}

function checkTarget(request: WireRequest, target: Target): void {
  const host = request.headers.get("host") ?? "";
  if (target.authority !== undefined && target.authority.toLowerCase() !== host.toLowerCase()) {
    throw malformedRequest("The request target names another host than the Host header.");
  }
  if (target.path !== "/" || (request.method === "POST" && target.query !== "")) {
    throw new AppError("action-unknown", "The API is served at / only.");
  }
}

function familyOf(request: WireRequest): Family {
  const tc3Headers = ["authorization", "x-tc-action", "x-tc-timestamp", "x-tc-version"];
  if (tc3Headers.some((name) => request.headers.has(name))) return "tc3";
  return request.method === "GET" || contentTypeOf(request) === FORM_TYPE ? "v1" : "tc3";
}

function checkSize(request: WireRequest, target: Target, family: Family): void {
  if (target.query.length > MAX_QUERY_BYTES) {
    throw new AppError("request-too-large", "A query may have at most 32 KiB.");
  }
  if (family === "v1" && request.body.length > MAX_V1_BODY_BYTES) {
    throw new AppError("signed-body-too-large", "A v1 call may have at most 1 MiB.");
  }
}

function pairsOf(request: WireRequest, target: Target, family: Family): FormPairs {
  if (request.method === "GET") return parseForm(target.query);
  return parseForm(family === "v1" ? latin1Text(request.body) : "");
}

/** Reads a common parameter by its v1 name; empty counts as missing. */
interface CommonReader {
  (name: string): string;
  orEmpty(name: string): string;
}

function commonReader(request: WireRequest, family: Family, pairs: FormPairs): CommonReader {
  const orEmpty = (name: string): string => {
    const text =
      family === "v1" ? pairs.get(name) : request.headers.get(`x-tc-${name.toLowerCase()}`);
    return text?.trim() ?? "";
  };
  const read = (name: string): string => {
    const text = orEmpty(name);
    if (text === "") throw missingParameter(name);
    return text;
  };
  return Object.assign(read, { orEmpty });
}

function checkCredentialIsThere(request: WireRequest, family: Family, read: CommonReader): void {
  if (family === "v1") for (const name of ["SecretId", "Nonce", "Signature"]) read(name);
  else if (!request.headers.get("authorization")?.trim()) throw missingParameter("Authorization");
}

/** Digits only, so that neither `1e9` nor blanks nor other scripts' digits become a time. */
function parseTimestamp(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw invalidParameterValue("Timestamp", text);
  return Number(text);
}
