import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ACCOUNT_STATES, type AccountTerms, USUAL_TERMS } from "../../accounts/account.ts";
import type { AccountBook, ListedAccount } from "../../accounts/account-book.ts";
import { CONSENT_REFERENCE } from "../../accounts/consent.ts";
import { generateKeyPair } from "../../accounts/key-pair.ts";
import { pathPart, readBody, readQuery } from "../read-body.ts";
import { notFound } from "../refusal.ts";

const MAX_CALLS = 1_000_000_000_000;
const calls = z.int().min(0).max(MAX_CALLS).nullable();
const action = z.string().regex(/^(?:[A-Za-z]\w{0,63}|\*)$/, "the name of an action, or *");

const consent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("per-call") }),
  z.strictObject({
    kind: z.literal("standing"),
    reference: z.string().regex(CONSENT_REFERENCE, "1 to 128 letters, digits and _ . : / @ + -"),
    since: z.iso.datetime(),
  }),
]);

/** What an operator decides; `null` lifts a bound. Left out, a value stays as it is. */
const TERMS = {
  state: z.enum(ACCOUNT_STATES).optional(),
  allowedActions: z.array(action).max(100).nullable().optional(),
  rates: z.record(action, z.int().min(0).max(1_000_000)).optional(),
  monthlyQuota: calls.optional(),
  balance: calls.optional(),
  consent: consent.nullable().optional(),
} as const;

const NEW_ACCOUNT = z.strictObject({
  name: z.string().regex(/^[\w.@-]{1,64}$/, "1 to 64 letters, digits and . _ - @"),
  ...TERMS,
});
const CHANGE = z.strictObject(TERMS);
const USAGE = z.strictObject({ days: z.coerce.number().int().min(1).max(400).default(31) });

/** Adds what an operator does with accounts. */
export function addAccountRoutes(app: FastifyInstance, book: AccountBook): void {
  const base = "/admin/v1/accounts";
  app.get(base, async () => ({ accounts: (await book.list()).map(toldOf) }));
  app.post(base, async (request, reply) => {
    const { name, ...terms } = readBody(request, NEW_ACCOUNT);
    const id = await book.create(name, { ...USUAL_TERMS, ...termsFrom(terms) });
    const key = generateKeyPair();
    await book.addPair(id, key);
    reply.code(201);
    return { account: toldOf(await findAccount(book, id)), key };
  });
  app.get(`${base}/:id`, async (request) => ({
    account: toldOf(await findAccount(book, pathPart(request, "id"))),
  }));
  app.patch(`${base}/:id`, async (request) => {
    const { id } = await findAccount(book, pathPart(request, "id"));
    await book.change(id, termsFrom(readBody(request, CHANGE)));
    return { account: toldOf(await findAccount(book, id)) };
  });
  app.get(`${base}/:id/usage`, async (request) => {
    const { id } = await findAccount(book, pathPart(request, "id"));
    const { days } = readQuery(request, USAGE);
    const firstDay = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    return { months: await book.usage(id), days: await book.dailyUsage(id, firstDay) };
  });
}

/** Finds an account by its id. Throws a refusal with status 404. */
export async function findAccount(book: AccountBook, id: string): Promise<ListedAccount> {
  const account = (await book.list()).find((one) => one.id === id);
  if (account === undefined) throw notFound("account");
  return account;
}

function termsFrom(given: z.infer<typeof CHANGE>): Partial<AccountTerms> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
}

/** JSON leaves undefined members out, where null says that there is no bound. */
function toldOf(account: ListedAccount): object {
  const { allowedActions, monthlyQuota, balance, consent: rule, keys, ...rest } = account;
  return {
    ...rest,
    allowedActions: allowedActions ?? null,
    monthlyQuota: monthlyQuota ?? null,
    balance: balance ?? null,
    consent: rule ?? null,
    keys: keys.map(({ expiresAtMs, ...key }) => ({
      ...key,
      isTemporary: expiresAtMs !== undefined,
      expiresAt: expiresAtMs === undefined ? null : new Date(expiresAtMs).toISOString(),
    })),
  };
}
