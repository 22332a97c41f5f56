import type { AccountTerms, Rates } from "../../accounts/account.ts";
import { ACCOUNT_STATES } from "../../accounts/account.ts";
import { CONSENT_REFERENCE } from "../../accounts/consent.ts";
import type { CommandArguments } from "../command-arguments.ts";
import { UsageError } from "../command-arguments.ts";

/** Larger numbers are mistakes. */
const MAX_CALLS = 1_000_000_000_000;
const MAX_RATE = 1_000_000;

/** Reads the options that decide about an account; `rates` are those it has, for `--rate` changes single ones. */
export function termsFrom(args: CommandArguments, rates: Rates): Partial<AccountTerms> {
  return {
    ...(args.has("state") && { state: stateFrom(args.requiredText("state")) }),
    ...(args.has("actions") && { allowedActions: actionsFrom(args.requiredText("actions")) }),
    ...(args.has("rate") && { rates: ratesFrom(args, rates) }),
    ...(args.has("quota") && { monthlyQuota: callsFrom(args, "quota") }),
    ...(args.has("balance") && { balance: callsFrom(args, "balance") }),
    ...(args.has("consent") && { consent: consentFrom(args.requiredText("consent")) }),
  };
}

function stateFrom(text: string): AccountTerms["state"] {
  const state = ACCOUNT_STATES.find((known) => known === text);
  if (state === undefined) throw new UsageError(`--state is one of ${ACCOUNT_STATES.join(", ")}.`);
  return state;
}

function actionsFrom(text: string): AccountTerms["allowedActions"] {
  if (text === "all") return undefined;
  const actions = text.split(",").map((name) => name.trim());
  if (actions.every((name) => /^[A-Za-z]\w{0,63}$/.test(name))) return actions;
  throw new UsageError("--actions is all, or names of actions with commas between them.");
}

function ratesFrom(args: CommandArguments, rates: Rates): Rates {
  const changed = { ...rates };
  for (const { name, value } of args.inOrder) {
    if (name !== "rate") continue;
    const [, action = "*", number = ""] =
      /^(?:([A-Za-z]\w{0,63}|\*)=)?(\d+|server)$/.exec(value) ?? [];
    if (number === "server") delete changed[action];
    else if (number === "" || Number(number) > MAX_RATE) {
      throw new UsageError(`--rate is ACTION=N or N, N from 0 to ${MAX_RATE} or the word server.`);
    } else changed[action] = Number(number);
  }
  return changed;
}

function callsFrom(args: CommandArguments, name: "quota" | "balance"): number | undefined {
  if (args.text(name) === "none") return undefined;
  return args.number(name, { min: 0, max: MAX_CALLS, isInteger: true });
}

function consentFrom(text: string): AccountTerms["consent"] {
  if (text === "none") return undefined;
  if (text === "per-call") return { kind: "per-call" };
  const [, reference = ""] = /^standing=(.*)$/.exec(text) ?? [];
  if (CONSENT_REFERENCE.test(reference)) {
    return { kind: "standing", reference, since: new Date().toISOString() };
  }
  throw new UsageError("--consent is none, per-call, or standing=REFERENCE without blanks.");
}
