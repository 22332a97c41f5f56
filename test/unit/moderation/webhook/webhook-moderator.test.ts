import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { after, before } from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { createWebhookModerator } from "../../../../src/moderation/webhook/webhook-moderator.ts";

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const asked: Asked[] = [];
const PICTURE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const CALL = {
  requestId: "request-1",
  accountId: "account-1",
  signal: new AbortController().signal,
};

/** What the operator's service answers by path. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/allow": (response) => response.end('{"verdict":"allow"}'),
  "/pass": (response) => response.end('{"verdict":"pass","score":0.1}'),
  "/block": (response) => response.end('{"verdict":"block"}'),
  "/review": (response) => response.end('{"verdict":"review"}'),
  "/nothing": (response) => response.end(""),
  "/no-verdict": (response) => response.end("{}"),
  "/html": (response) => response.end("<html>"),
  "/broken": (response) => response.writeHead(500).end('{"verdict":"allow"}'),
  "/wrong-token": (response) => response.writeHead(401).end(),
  "/moved": (response) => response.writeHead(302, { location: "/allow" }).end(),
  "/silent": () => undefined,
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"verdict":', () => response.destroy());
  },
  "/half": (response) => void response.write('{"verdict":"allow'),
  "/endless": (response) => {
    const timer = setInterval(() => response.write("x".repeat(50_000)), 1);
    response.on("close", () => clearInterval(timer));
  },
};

const service = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://service");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { headers } = request;
  asked.push({ path: pathname, query: searchParams, headers, body: Buffer.concat(chunks) });
  (ANSWERS[pathname] ?? ((other) => other.writeHead(404).end()))(response);
});
let base = "";
before(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
after(() => {
  service.closeAllConnections();
  service.close();
});

async function verdictOf(
  url: string,
  change: { readonly sends?: "picture" | "hash"; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const moderator = createWebhookModerator({
    url,
    token: "s3cret",
    sends: change.sends ?? "picture",
    timeoutMs: 300,
    allows: ["allow", "pass"],
    blocks: ["block"],
  });
  try {
    const call = { ...CALL, ...(change.signal && { signal: change.signal }) };
    await moderator.check({ role: "user", bytes: PICTURE }, call);
    return "used";
  } catch (error) {
    return isAppError(error) ? error.reason : `unexpected ${error}`;
  }
}

for (const [path, expected] of [
  ["/allow", "used"],
  ["/pass", "used"],
  ["/block", "moderation-refused"],
  ["/review", "moderation-empty"],
  ["/nothing", "moderation-unreadable"],
  ["/no-verdict", "moderation-unreadable"],
  ["/html", "moderation-unreadable"],
  ["/broken", "moderation-unreadable"],
  ["/moved", "moderation-unreadable"],
  ["/silent", "moderation-unreadable"],
  ["/cut", "moderation-unreadable"],
  ["/half", "moderation-unreadable"],
  ["/endless", "moderation-unreadable"],
  ["/wrong-token", "moderation-unavailable"],
  ["/elsewhere", "moderation-unavailable"],
] as const) {
  test(`a service that answers ${path}: ${expected}`, async () => {
    assert.equal(await verdictOf(`${base}${path}`), expected);
  });
}

test("a service that nobody runs gives no verdict", async () => {
  assert.equal(await verdictOf("http://127.0.0.1:1/"), "moderation-unreadable");
});

test("a service whose name does not exist is a wrong setting", async () => {
  assert.equal(await verdictOf("http://moderation.invalid/"), "moderation-unavailable");
});

test("the service is told what it needs to decide and to find the call again", async () => {
  asked.length = 0;
  await verdictOf(`${base}/allow?tenant=7`);
  const [one] = asked;
  assert.deepEqual(Object.fromEntries(one!.query), {
    tenant: "7",
    requestId: "request-1",
    account: "account-1",
    role: "user",
    sha256: createHash("sha256").update(PICTURE).digest("hex"),
    bytes: "7",
  });
  assert.equal(one!.headers.authorization, "Bearer s3cret");
  assert.equal(one!.headers["content-type"], "image/jpeg");
  assert.deepEqual(one!.body, PICTURE);
});

test("with `hash` no picture leaves the server", async () => {
  asked.length = 0;
  assert.equal(await verdictOf(`${base}/allow`, { sends: "hash" }), "used");
  assert.equal(asked[0]!.body.length, 0);
  assert.match(asked[0]!.query.get("sha256") ?? "", /^[\da-f]{64}$/);
});

test("a redirect is not followed: the picture goes nowhere else", async () => {
  asked.length = 0;
  await verdictOf(`${base}/moved`);
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/moved"],
  );
});

test("a call that ends while the service thinks ends with its own reason", async () => {
  const caller = new AbortController();
  setTimeout(() => caller.abort(), 50);
  assert.equal(await verdictOf(`${base}/silent`, { signal: caller.signal }), "cancelled");
});
