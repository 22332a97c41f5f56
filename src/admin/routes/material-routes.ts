import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { MATERIAL_STATES, type Material, type Materials } from "../../materials/materials.ts";
import { pathPart, readBody, readQuery } from "../read-body.ts";
import { notFound } from "../refusal.ts";

const QUERY = z.strictObject({
  activityId: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});
const REVIEW = z.strictObject({
  state: z.enum(MATERIAL_STATES),
  auditResult: z.string().max(1_000).default(""),
});

/** Adds what an operator does with materials. */
export function addMaterialRoutes(app: FastifyInstance, materials: Materials): void {
  const base = "/admin/v1/materials";
  app.get(base, async (request) => {
    const found = await materials.list(readQuery(request, QUERY));
    return { materials: found.materials.map(toldOf), count: found.count };
  });
  app.get(`${base}/:id`, async (request) => {
    const material = await materials.find(pathPart(request, "id"));
    if (material === undefined) throw notFound("material");
    return { material: toldOf(material) };
  });
  app.get(`${base}/:id/picture`, async (request, reply) => {
    const picture = await materials.readPicture(pathPart(request, "id"));
    if (picture === undefined) throw notFound("picture");
    // The store holds JPEG and PNG only; the first byte tells them apart.
    return reply.type(picture[0] === 0x89 ? "image/png" : "image/jpeg").send(Buffer.from(picture));
  });
  app.patch(`${base}/:id`, async (request) => {
    const { state, auditResult } = readBody(request, REVIEW);
    const material = await materials.review(pathPart(request, "id"), state, auditResult);
    if (material === undefined) throw notFound("material");
    return { material: toldOf(material) };
  });
  app.delete(`${base}/:id`, async (request, reply) => {
    if (!(await materials.remove(pathPart(request, "id")))) throw notFound("material");
    return reply.code(204).send();
  });
}

function toldOf({ createdAtMs, updatedAtMs, ...material }: Material): object {
  const createdAt = new Date(createdAtMs).toISOString();
  return { ...material, createdAt, updatedAt: new Date(updatedAtMs).toISOString() };
}
