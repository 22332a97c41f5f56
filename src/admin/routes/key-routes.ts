import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AccountBook } from "../../accounts/account-book.ts";
import { generateKeyPair, generateTemporaryKey } from "../../accounts/key-pair.ts";
import { pathPart, readBody } from "../read-body.ts";
import { notFound } from "../refusal.ts";
import { findAccount } from "./account-routes.ts";

const NEW_KEY = z.strictObject({ retire: z.string().max(128).optional() });
/** The original's longest temporary key lives for 36 hours. */
const NEW_TEMPORARY = z.strictObject({ seconds: z.int().min(1).max(129_600).default(7_200) });
const CHANGE = z.strictObject({ isEnabled: z.boolean() });

/** Adds what an operator does with an account's keys. A secret is told once, in the answer that makes it. */
export function addKeyRoutes(app: FastifyInstance, book: AccountBook): void {
  const base = "/admin/v1/accounts/:id";
  app.post(`${base}/keys`, async (request, reply) => {
    const { id } = await findAccount(book, pathPart(request, "id"));
    const key = generateKeyPair();
    await book.addPair(id, key, readBody(request, NEW_KEY).retire);
    reply.code(201);
    return { key };
  });
  app.post(`${base}/temporary-keys`, async (request, reply) => {
    const { id } = await findAccount(book, pathPart(request, "id"));
    const { seconds } = readBody(request, NEW_TEMPORARY);
    const { expiresAtMs, ...key } = generateTemporaryKey(Date.now() + seconds * 1000);
    await book.addTemporaryKey(id, { ...key, expiresAtMs });
    reply.code(201);
    return { key: { ...key, expiresAt: new Date(expiresAtMs).toISOString() } };
  });
  app.patch(`${base}/keys/:secretId`, async (request) => {
    const { id, secretId } = await findKey(
      book,
      pathPart(request, "id"),
      pathPart(request, "secretId"),
    );
    const { isEnabled } = readBody(request, CHANGE);
    await book.setKeyEnabled(id, secretId, isEnabled);
    return { secretId, isEnabled };
  });
  app.delete(`${base}/keys/:secretId`, async (request, reply) => {
    const { id, secretId } = await findKey(
      book,
      pathPart(request, "id"),
      pathPart(request, "secretId"),
    );
    await book.removeKey(id, secretId);
    return reply.code(204).send();
  });
}

async function findKey(
  book: AccountBook,
  accountId: string,
  secretId: string,
): Promise<{ readonly id: string; readonly secretId: string }> {
  const { id, keys } = await findAccount(book, accountId);
  if (!keys.some((key) => key.secretId === secretId)) throw notFound("key");
  return { id, secretId };
}
