import { hostCandidates } from "../../../src/protocol/host-candidates.ts";
import type { Guess } from "../../../src/protocol/tc3/find-difference.ts";
import type { CanonicalParts } from "../../../src/protocol/tc3/tc3-signature.ts";
import { scopeDate } from "../../../src/protocol/tc3/tc3-signature.ts";
import type { Tc3Request } from "../../../src/protocol/tc3/verify-tc3.ts";
import { bodyGuesses } from "./body-guesses.ts";

/** What is tried beyond what the server tries for its log, which has no time for it. */
export function patientGuesses(request: Tc3Request, asSent: CanonicalParts): Guess[] {
  return [
    ...bodyGuesses(request.body),
    ...headerGuesses(request, asSent),
    { kind: "header-order", parts: { headers: [...asSent.headers].reverse() } },
    ...scopeGuesses(request),
  ];
}

function headerGuesses({ headers }: Tc3Request, asSent: CanonicalParts): Guess[] {
  const replaced = (kind: "host" | "content-type", values: readonly string[]): Guess[] =>
    values.map((value) => ({
      kind,
      signed: value,
      sent: headers.get(kind) ?? "",
      parts: { headers: asSent.headers.map(([key, sent]) => [key, key === kind ? value : sent]) },
    }));
  const host = headers.get("host") ?? "";
  return [
    ...replaced("host", [`${host}:80`, `${host}:443`, "localhost", "127.0.0.1"]),
    ...replaced("content-type", ["application/json;charset=utf-8", "text/plain", ""]),
  ];
}

/** Keys derived for another day or another service than the scope names. */
function scopeGuesses({ authorization: auth, headers, timestamp }: Tc3Request): Guess[] {
  const labels = hostCandidates(headers.get("host") ?? "").map((name) => name.split(".")[0]!);
  const services = [...new Set([...labels, "faceid", "cvm"])];
  const dates = [-1, 0, 1].map((days) => scopeDate(timestamp + days * 86_400));
  return [
    ...services.map((service) => {
      return { kind: "service", signed: service, sent: auth.service, service } as const;
    }),
    ...dates.map((date) => ({ kind: "date", signed: date, sent: auth.date, date }) as const),
  ];
}
