import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AuditBook, AuditEntry } from "../../audit/audit-trail.ts";
import { forgetCalls } from "../../audit/forget-calls.ts";
import type { Storage } from "../../storage/storage.ts";
import { readBody, readQuery } from "../read-body.ts";
import { Refusal } from "../refusal.ts";

/** What the routes of the audit trail work on. */
export interface AuditParts {
  /** Undefined where no trail is kept. */
  readonly trail: AuditBook | undefined;
  readonly storage: Pick<Storage, "figures" | "remove">;
}

const id = z.string().min(1).max(64).optional();
const time = z
  .union([z.iso.date(), z.iso.datetime()], "a day or time such as 2026-01-31")
  .optional();

const QUERY = z.strictObject({
  account: id,
  requestId: id,
  since: time,
  until: time,
  outcome: z
    .string()
    .regex(/^[A-Za-z.]{1,80}$/, "ok, failed or an error code")
    .optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const OWNER = z.strictObject({ requestId: id, accountId: id });

/** Adds what an operator reads of the audit trail, and the deletion of all that is kept of a call or an account. */
export function addAuditRoutes(app: FastifyInstance, { trail, storage }: AuditParts): void {
  const base = "/admin/v1/audit";
  app.get(base, async (request) => {
    const { since, until, ...query } = readQuery(request, QUERY);
    const found = kept(trail).page({ ...query, sinceMs: msOf(since), untilMs: msOf(until) });
    return { rows: found.entries.map(toldOf), next: found.next ?? null };
  });
  app.post(`${base}/delete`, async (request) => {
    const { requestId, accountId } = readBody(request, OWNER);
    if ((requestId === undefined) === (accountId === undefined)) {
      throw new Refusal(400, "invalid", "Name either a requestId or an accountId.");
    }
    const book = kept(trail);
    const results = await storage.remove({ requestId, accountId });
    const order = { atMs: Date.now(), ofRequest: requestId, ofAccount: accountId, results };
    return { results, rows: await forgetCalls(book, order) };
  });
}

function kept(trail: AuditBook | undefined): AuditBook {
  if (trail !== undefined) return trail;
  throw new Refusal(404, "not-found", "No audit trail is kept: FACELOOM_AUDIT is false.");
}

function msOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** Hashes and salts are for those who verify; an emptied row has nothing but its number. */
function toldOf({ seq, record }: AuditEntry): object {
  if (record === undefined) return { seq, kind: "emptied" };
  return { seq, time: new Date(record.atMs).toISOString(), ...record };
}
