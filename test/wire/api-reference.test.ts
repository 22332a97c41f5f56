import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import test from "node:test";
import { z } from "zod";
import type { Action } from "../../src/actions/action.ts";
import { createActions } from "../../src/actions/actions.ts";
import { WIRE_ERRORS } from "../../src/protocol/error-codes.ts";
import { memberSchema, plainSchema } from "../../src/protocol/parameter-schema.ts";
import { anAnswer, type Gateway, startGateway } from "../support/gateway.ts";
import { aMaterial } from "../support/materials.ts";
import { ROOT } from "../support/source-modules.ts";
import { sendTc3 } from "../support/tc3-client.ts";

const read = (file: string): string => readFileSync(path.join(ROOT, "docs", file), "utf8");
const page = read("api.md");
const chinese = read("zh/api.md");

/** The moment of the page's signed requests. */
const PAGE_MS = 1_767_225_600_000;

// Parts are never used here: only names, versions and schemas are read.
const actions = createActions({} as Parameters<typeof createActions>[0]);

/** Code blocks by what stands behind the three marks. */
function blocks(text: string, info: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, block]) => block!,
  );
}

function block(info: string): string {
  const [only, ...others] = blocks(page, info);
  assert.ok(only !== undefined && others.length === 0, `${info} must stand on the page once`);
  return only;
}

interface PageAnswer {
  readonly Response: Readonly<Record<string, unknown>> & { readonly RequestId: string };
}

const answerOn = (info: string): PageAnswer => JSON.parse(block(info));

/** A gateway with the page's material, at the page's address and time; fusions answer with the page's link. */
async function startPageGateway(link = ""): Promise<Gateway> {
  const gateway = await startGateway({
    environment: { FACELOOM_PUBLIC_URL: "http://127.0.0.1:8080" },
    nowMs: () => PAGE_MS,
    run: async (job) => {
      const { delivery, ...facts } = anAnswer(job);
      assert.equal(delivery, "url");
      return { ...facts, delivery, path: link };
    },
  });
  await gateway.materials.add(
    aMaterial({
      activityId: "at_1592748630174",
      id: "mt_1592748631285",
      state: "approved",
      faceBoxes: [
        { x: 412, y: 96, width: 210, height: 248 },
        { x: 95, y: 130, width: 188, height: 221 },
      ],
    }),
  );
  return gateway;
}

async function send(gateway: Gateway, action: string, body: string): Promise<PageAnswer> {
  const timestamp = PAGE_MS / 1000;
  const headers = { "X-TC-Action": action };
  return JSON.parse(
    (await sendTc3(gateway.address, gateway.key, { body, headers, timestamp })).text,
  );
}

for (const { name } of actions) {
  test(`docs/api.md: the request for ${name} gets the answer beside it`, async () => {
    const expected = answerOn(`json answer ${name}`);
    const url = URL.parse(String(expected.Response.FusedImage));
    await using gateway = await startPageGateway(url === null ? "" : url.pathname + url.search);
    const answer = await send(gateway, name, block(`json request ${name}`));
    assert.match(answer.Response.RequestId, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const { RequestId } = expected.Response;
    assert.deepEqual({ Response: { ...answer.Response, RequestId } }, expected);
    assert.deepEqual(Object.keys(answer.Response), Object.keys(expected.Response));
  });
}

test("docs/api.md: the error is what a parameter out of range gets", async () => {
  await using gateway = await startPageGateway();
  const request = JSON.parse(block("json request FuseFaceUltra"));
  request.FusionUltraParam.WarpRadio = 1.2;
  const answer = await send(gateway, "FuseFaceUltra", JSON.stringify(request));
  const expected = answerOn("json error FuseFaceUltra");
  assert.deepEqual(answer.Response.Error, expected.Response.Error);
});

for (const [i, family] of ["TC3", "v1"].entries()) {
  test(`docs/api.md: the signed ${family} request is taken byte by byte`, async () => {
    await using gateway = await startPageGateway("/results/x");
    const raw = blocks(page, "http")[i]!.replace(/\n$/, "");
    const [head, body = ""] = raw.split(/\n\n|$/, 2) as [string, string?];
    const text = `${head.replaceAll("\n", "\r\n")}\r\nConnection: close\r\n\r\n${body}`;
    const answer = await sendRaw(gateway, text);
    assert.match(answer, /"FusedImage":"http:\/\/127\.0\.0\.1:8080\/results\/x"/);
    assert.match(await sendRaw(gateway, text.replace("template", "templatf")), /SignatureFailure/);
  });
}

function sendRaw(gateway: Gateway, text: string): Promise<string> {
  const { hostname, port } = new URL(gateway.address);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** Every parameter by its path, `N` for an index; a rectangle counts as one. */
function pathsOf(schema: z.ZodType, prefix = ""): string[] {
  const plain = plainSchema(schema);
  if (plain instanceof z.ZodArray) return pathsOf(memberSchema(plain, 0)!, `${prefix}N.`);
  if (!(plain instanceof z.ZodObject) || "Width" in plain.shape) return [];
  return Object.entries(plain.shape).flatMap(([name, member]) => [
    `${prefix}${name}`,
    ...pathsOf(member as z.ZodType, `${prefix}${name}.`),
  ]);
}

function section(text: string, name: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? "";
}

function requiredOf(action: Action): string[] {
  const shape = action.parameters.shape as Readonly<Record<string, z.ZodType>>;
  return Object.keys(shape).filter((name) => !(shape[name] instanceof z.ZodOptional));
}

for (const action of actions) {
  test(`docs/api.md lists the parameters that ${action.name} has, and which it needs`, () => {
    const rows = [
      ...section(page, action.name).matchAll(/^\| `([\w.]+)` \| \w+ \| ([^|]+) \|.*\|/gm),
    ]
      .filter(([row]) => row.split(" | ").length === 5)
      .map(([, name, needed]) => ({ name: name!, needed: needed! }));
    assert.deepEqual(
      rows.map(({ name }) => name).toSorted(),
      pathsOf(action.parameters).toSorted(),
    );
    assert.deepEqual(
      rows.flatMap(({ name, needed }) => (needed === "yes" ? [name] : [])).toSorted(),
      requiredOf(action).toSorted(),
    );
  });
}

test("docs/api.md names codes that exist", () => {
  const known = new Set<string>(Object.values(WIRE_ERRORS).map(({ code }) => code));
  const named = [
    ...page.matchAll(/`((?:FailedOperation|InvalidParameterValue|Resource\w+)\b[\w.]*)`/g),
  ];
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.map(([, code]) => code!).filter((code) => !known.has(code)),
    [],
  );
});

test("the Chinese reference has the outline, code, names and settings of the English one", () => {
  const levels = (text: string): string[] =>
    [...text.matchAll(/^(#+) /gm)].map(([, marks]) => marks!);
  const names = (text: string): string[] =>
    [...text.matchAll(/^\| `([\w.-]+)`/gm)].map(([, name]) => name!);
  const words = (text: string): string[] =>
    text.match(/`(?:FACELOOM_\w+|FailedOperation[\w.]+|InvalidParameterValue[\w.]+)`/g) ?? [];
  const code = (text: string): string[] => text.match(/^```[\s\S]*?^```/gm) ?? [];
  assert.deepEqual(levels(chinese), levels(page));
  assert.deepEqual(code(chinese), code(page));
  assert.deepEqual(names(chinese), names(page));
  assert.deepEqual(words(chinese).toSorted(), words(page).toSorted());
});
