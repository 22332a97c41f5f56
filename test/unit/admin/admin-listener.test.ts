import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import test from "node:test";
import { createSqliteAccountBook } from "../../../src/accounts/sqlite/sqlite-account-book.ts";
import { createSqliteAccounts } from "../../../src/accounts/sqlite/sqlite-accounts.ts";
import { startAdminListener } from "../../../src/admin/admin-listener.ts";
import { loadAdminToken } from "../../../src/admin/admin-token.ts";
import { createDoor } from "../../../src/admin/authorize.ts";
import { ADMIN_SETTINGS, type AdminConfig } from "../../../src/admin/config.ts";
import { createSqliteAuditBook } from "../../../src/audit/sqlite/sqlite-audit-book.ts";
import { createSqliteAuditTrail } from "../../../src/audit/sqlite/sqlite-audit-trail.ts";
import { readFolder } from "../../../src/console/page-files.ts";
import { createSqliteMaterials } from "../../../src/materials/sqlite/sqlite-materials.ts";
import { createHealth } from "../../../src/operations/health.ts";
import { createMemoryStorage } from "../../../src/storage/memory/memory-storage.ts";
import { createLogger } from "../../../src/telemetry/logger.ts";
import { createMetrics } from "../../../src/telemetry/metrics.ts";
import { type AdminClient, createAdminClient } from "../../support/admin-client.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import { ROOT } from "../../support/source-modules.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const POOL = {
  stats: () => ({
    ...{ starting: 0, idle: 1, busy: 0, queued: 0, queueLimit: 4, waitEstimateMs: 0, rssBytes: 0 },
    ...{ jobsDone: 0, crashed: 0, killed: 0, hung: 0, recycled: 0 },
  }),
};

/** Opens the listener on stores of its own, with a clock that the test may turn. */
async function openAdmin(change: Partial<AdminConfig> = {}) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await createTemporaryFolder());
  const dataDir = folder.path;
  const clock = { nowMs: Date.now() };
  const nowMs = () => clock.nowMs;
  const book = stack.use(await createSqliteAccountBook(dataDir));
  const accounts = stack.use(await createSqliteAccounts(dataDir));
  const materials = stack.use(await createSqliteMaterials({ dataDir, nowMs }));
  const storage = stack.use(
    createMemoryStorage({ ttlSeconds: 60, quotaBytes: 1e6 }, { key: Buffer.alloc(32), nowMs }),
  );
  const trail = stack.use(await createSqliteAuditBook(dataDir));
  const token = await loadAdminToken(dataDir, undefined);
  await token.keep();
  const config = { ...defaultsOf(ADMIN_SETTINGS), port: 0, ...change };
  const metrics = createMetrics();
  const log: string[] = [];
  const listener = stack.use(
    await startAdminListener({
      ...{ book, materials, storage, trail, pool: POOL, health: createHealth() },
      door: createDoor(config, { token, nowMs, metrics }),
      versions: { version: "1.2.3" },
      models: async () => [],
      logger: createLogger("debug", { write: (line) => log.push(line) }),
      pages: await readFolder(path.join(ROOT, "src/admin/pages")),
    }),
  );
  const opened = stack.move();
  const bearer = { authorization: `Bearer ${token.generated}` };
  return {
    ...{ accounts, storage, materials, metrics, log, clock, dataDir },
    address: listener.address,
    token: token.generated!,
    stranger: createAdminClient(listener.address),
    operator: createAdminClient(listener.address, bearer),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

type Admin = Awaited<ReturnType<typeof openAdmin>>;

/** Logs a browser in: a client that sends its cookie, its origin and its CSRF token. */
async function logIn(
  admin: Admin,
): Promise<{ browser: AdminClient; cookie: string; csrf: string }> {
  const origin = { origin: admin.address, "sec-fetch-site": "same-origin" };
  const answer = await createAdminClient(admin.address, origin).send("POST", "/admin/v1/session", {
    body: { token: admin.token },
  });
  assert.equal(answer.status, 201);
  const cookie = answer.headers.get("set-cookie")!.split(";")[0]!;
  const csrf = answer.body.csrfToken;
  const headers = { ...origin, cookie, "x-csrf-token": csrf };
  return { browser: createAdminClient(admin.address, headers), cookie, csrf };
}

/** Sends a request with a Host header that fetch would not let through. */
function statusWithHost(address: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${address}/admin/v1/system`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

const ROUTES = [
  ["GET", "/admin/v1/accounts"],
  ["POST", "/admin/v1/accounts"],
  ["GET", "/admin/v1/accounts/x"],
  ["PATCH", "/admin/v1/accounts/x"],
  ["GET", "/admin/v1/accounts/x/usage"],
  ["POST", "/admin/v1/accounts/x/keys"],
  ["POST", "/admin/v1/accounts/x/temporary-keys"],
  ["PATCH", "/admin/v1/accounts/x/keys/y"],
  ["DELETE", "/admin/v1/accounts/x/keys/y"],
  ["GET", "/admin/v1/materials"],
  ["GET", "/admin/v1/materials/x"],
  ["GET", "/admin/v1/materials/x/picture"],
  ["PATCH", "/admin/v1/materials/x"],
  ["DELETE", "/admin/v1/materials/x"],
  ["GET", "/admin/v1/system"],
  ["POST", "/admin/v1/results/delete"],
  ["GET", "/admin/v1/audit"],
  ["POST", "/admin/v1/audit/delete"],
  ["GET", "/admin/v1/session"],
  ["DELETE", "/admin/v1/session"],
] as const;

test("nothing is told or done without the token, on any route", async () => {
  await using admin = await openAdmin();
  for (const [method, url] of ROUTES) {
    const { status, body } = await admin.stranger.send(method, url);
    assert.equal(status, 401, `${method} ${url}`);
    assert.equal(body.error.code, "not-logged-in");
  }
  const wrong = createAdminClient(admin.address, { authorization: "Bearer guess" });
  assert.equal((await wrong.send("GET", "/admin/v1/accounts")).status, 401);
});

test("docs/admin.md names every route", async () => {
  const page = await readFile(path.join(ROOT, "docs/admin.md"), "utf8");
  for (const [method, url] of ROUTES) {
    const generic = url.replace("/x/keys/y", "/ID/keys/SECRET_ID").replace(/\/x(?=\/|$)/, "/ID");
    assert.ok(page.includes(`\`${method} ${generic}`), `${method} ${generic}`);
  }
});

test("the token is kept as a hash that only the owner reads, and works after a restart", async () => {
  await using admin = await openAdmin();
  const file = path.join(admin.dataDir, "admin-token.sha256");
  assert.doesNotMatch(await readFile(file, "utf8"), new RegExp(admin.token));
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const again = await loadAdminToken(admin.dataDir, undefined);
  assert.equal(again.generated, undefined);
  assert.ok(again.isToken(admin.token) && !again.isToken(`${admin.token}x`));
  const configured = await loadAdminToken(admin.dataDir, "c".repeat(40));
  assert.ok(configured.isToken("c".repeat(40)) && !configured.isToken(admin.token));
});

test("an account is made, changed, given keys and read; its secrets are told once", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const made = await send("POST", "/admin/v1/accounts", {
    body: { name: "shop", monthlyQuota: 100, rates: { "*": 5 } },
  });
  assert.equal(made.status, 201);
  const { id } = made.body.account;
  assert.match(made.body.key.secretKey, /^\w{32}$/);
  assert.ok(await admin.accounts.findCredential(made.body.key.secretId));

  const changed = await send("PATCH", `/admin/v1/accounts/${id}`, {
    body: {
      state: "frozen",
      monthlyQuota: null,
      allowedActions: ["FuseFaceUltra"],
      consent: { kind: "per-call" },
    },
  });
  assert.equal(changed.body.account.state, "frozen");
  assert.equal(changed.body.account.monthlyQuota, null);
  assert.deepEqual(changed.body.account.consent, { kind: "per-call" });
  assert.deepEqual(changed.body.account.allowedActions, ["FuseFaceUltra"]);
  assert.deepEqual(changed.body.account.rates, { "*": 5 });

  const second = await send("POST", `/admin/v1/accounts/${id}/keys`, { body: {} });
  assert.equal(second.status, 201);
  const third = await send("POST", `/admin/v1/accounts/${id}/keys`, { body: {} });
  assert.equal(third.status, 409);
  const rotated = await send("POST", `/admin/v1/accounts/${id}/keys`, {
    body: { retire: made.body.key.secretId },
  });
  assert.equal(rotated.status, 201);
  assert.equal(await admin.accounts.findCredential(made.body.key.secretId), undefined);
  const listed = await send("GET", "/admin/v1/accounts");
  assert.equal(listed.body.accounts[0].keys.length, 2);
  assert.doesNotMatch(JSON.stringify(listed.body), new RegExp(rotated.body.key.secretKey));
});

test("a key is switched off and on again, and removed", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const { account, key } = (await send("POST", "/admin/v1/accounts", { body: { name: "a" } })).body;
  const url = `/admin/v1/accounts/${account.id}/keys/${key.secretId}`;
  assert.equal((await send("PATCH", url, { body: { isEnabled: false } })).status, 200);
  assert.equal(await admin.accounts.findCredential(key.secretId), undefined);
  const off = await send("GET", `/admin/v1/accounts/${account.id}`);
  assert.equal(off.body.account.keys[0].isEnabled, false);
  await send("PATCH", url, { body: { isEnabled: true } });
  assert.ok(await admin.accounts.findCredential(key.secretId));
  assert.equal((await send("DELETE", url)).status, 204);
  assert.equal((await send("DELETE", url)).status, 404);
});

test("a temporary key has a token and an end", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const { account } = (await send("POST", "/admin/v1/accounts", { body: { name: "a" } })).body;
  const made = await send("POST", `/admin/v1/accounts/${account.id}/temporary-keys`, {
    body: { seconds: 600 },
  });
  const credential = await admin.accounts.findCredential(made.body.key.secretId);
  assert.equal(credential?.token, made.body.key.token);
  assert.equal(new Date(made.body.key.expiresAt).getTime(), credential?.expiresAtMs);
});

test("usage is told by day and by month", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const { account } = (await send("POST", "/admin/v1/accounts", { body: { name: "a" } })).body;
  const call = { accountId: account.id, action: "FuseFaceUltra" };
  const now = Date.now();
  for (const atMs of [now, now, now - 40 * 86_400_000]) {
    await admin.accounts.charge({ ...call, atMs });
  }
  await admin.accounts.charge({ ...call, atMs: now });
  await admin.accounts.refund({ ...call, atMs: now });
  const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  const { body } = await send("GET", `/admin/v1/accounts/${account.id}/usage`);
  assert.deepEqual(body.days, [{ day: day(now), action: "FuseFaceUltra", calls: 2 }]);
  const all = await send("GET", `/admin/v1/accounts/${account.id}/usage?days=60`);
  assert.equal(all.body.days.length, 2);
  assert.equal(all.body.days[1].day, day(now - 40 * 86_400_000));
});

test("materials are listed with their faces, shown, reviewed and deleted", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const faceBoxes = [{ x: 1, y: 2, width: 30, height: 40 }];
  const { id } = await admin.materials.add({
    ...{ picture: Buffer.from([0xff, 0xd8, 1]), format: "jpeg", activityId: "at_1", name: "n" },
    ...{ state: "in-review", faceBoxes },
  });
  const { body } = await send("GET", "/admin/v1/materials?activityId=at_1");
  assert.equal(body.count, 1);
  assert.deepEqual(body.materials[0].faces, [{ id: `${id}_1`, box: faceBoxes[0] }]);
  const picture = await send("GET", `/admin/v1/materials/${id}/picture`);
  assert.equal(picture.headers.get("content-type"), "image/jpeg");
  const reviewed = await send("PATCH", `/admin/v1/materials/${id}`, {
    body: { state: "approved", auditResult: "fine" },
  });
  assert.equal(reviewed.body.material.state, "approved");
  assert.equal((await send("DELETE", `/admin/v1/materials/${id}`)).status, 204);
  assert.equal((await send("GET", `/admin/v1/materials/${id}`)).status, 404);
});

test("the system tells versions, health, workers and results; results are deleted by request", async () => {
  await using admin = await openAdmin();
  const { body } = await admin.operator.send("GET", "/admin/v1/system");
  assert.deepEqual(body.versions, { version: "1.2.3" });
  assert.deepEqual(body.health, { phase: "starting", isReady: false, reasons: ["starting"] });
  assert.equal(body.workers.idle, 1);
  await admin.storage.put({
    ...{ bytes: Buffer.from("x"), format: "jpeg", accountId: "a", requestId: "r" },
  });
  const url = "/admin/v1/results/delete";
  assert.equal((await admin.operator.send("POST", url, { body: {} })).status, 400);
  const deleted = await admin.operator.send("POST", url, { body: { requestId: "r" } });
  assert.deepEqual(deleted.body, { deleted: 1 });
});

const CALLED_MS = Date.parse("2026-08-01T12:00:00Z");

/** Writes rows of calls, one an hour, account `a` and `b` in turns; every third failed. */
async function writeCalls({ dataDir }: Admin, count: number): Promise<void> {
  const parts = {
    dataDir,
    nowMs: () => CALLED_MS,
    onError: (error: unknown) => assert.fail(`${error}`),
  };
  await using trail = await createSqliteAuditTrail({ keepDays: 190 }, parts);
  for (let i = 0; i < count; i++) {
    trail.append({
      kind: "call",
      atMs: CALLED_MS + i * 3_600_000,
      requestId: `request-${i}`,
      account: i % 2 === 0 ? "a" : "b",
      ...(i % 3 === 2 && { code: "FailedOperation.NoFaceDetected" }),
      ...{ durationMs: 5, requestBytes: 10, answerBytes: 20 },
    });
  }
}

test("rows of the audit trail are told by account, time and outcome, a page at a time, the newest first", async () => {
  await using admin = await openAdmin();
  await writeCalls(admin, 10);
  const read = async (query: string) => {
    const { status, body } = await admin.operator.send("GET", `/admin/v1/audit?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    const numbers = body.rows.map((row: { requestId: string }) => Number(row.requestId.slice(8)));
    return { numbers, next: body.next, rows: body.rows };
  };
  const first = await read("limit=4");
  assert.deepEqual(first.numbers, [9, 8, 7, 6]);
  const second = await read(`limit=4&before=${first.next}`);
  assert.deepEqual(second.numbers, [5, 4, 3, 2]);
  const third = await read(`limit=4&before=${second.next}`);
  assert.deepEqual([third.numbers, third.next], [[1, 0], null]);
  assert.deepEqual((await read("account=b")).numbers, [9, 7, 5, 3, 1]);
  assert.deepEqual((await read("outcome=failed")).numbers, [8, 5, 2]);
  assert.deepEqual((await read("outcome=ok&account=a")).numbers, [6, 4, 0]);
  assert.deepEqual((await read("outcome=FailedOperation.NoFaceDetected&limit=1")).numbers, [8]);
  assert.deepEqual((await read("requestId=request-3")).numbers, [3]);
  const hours = "since=2026-08-01T14:00:00Z&until=2026-08-01T16:00:00Z";
  assert.deepEqual((await read(hours)).numbers, [3, 2]);
  assert.deepEqual((await read("until=2026-08-01")).numbers, []);
  assert.deepEqual((await read("since=2026-08-02")).numbers, []);
  assert.deepEqual(first.rows[0], {
    ...{ seq: 10, time: "2026-08-01T21:00:00.000Z", kind: "call", atMs: CALLED_MS + 9 * 3_600_000 },
    ...{ requestId: "request-9", account: "b", durationMs: 5, requestBytes: 10, answerBytes: 20 },
  });
});

test("all that is kept of an account goes on request, and that it went is written down", async () => {
  await using admin = await openAdmin();
  await writeCalls(admin, 4);
  const result = { bytes: Buffer.from("x"), format: "jpeg" as const, requestId: "request-1" };
  const { path: link } = await admin.storage.put({ ...result, accountId: "b" });
  const url = "/admin/v1/audit/delete";
  for (const body of [{}, { requestId: "request-1", accountId: "b" }]) {
    assert.equal((await admin.operator.send("POST", url, { body })).status, 400);
  }
  const deleted = await admin.operator.send("POST", url, { body: { accountId: "b" } });
  assert.deepEqual(deleted.body, { results: 1, rows: 2 });
  assert.equal(await admin.storage.open(link), undefined);
  const { body } = await admin.operator.send("GET", "/admin/v1/audit");
  const kinds = body.rows.map(({ kind }: { kind: string }) => kind);
  assert.deepEqual(kinds, ["deletion", "emptied", "call", "emptied", "call"]);
  assert.equal(body.rows[0].ofAccount, "b");
  assert.doesNotMatch(JSON.stringify(body.rows), /request-1|request-3/);
});

test("what is not understood is refused with the member's name, and tells nothing of the inside", async () => {
  await using admin = await openAdmin();
  const { send } = admin.operator;
  const wrong = [
    [{ name: "a b" }, /^name: /],
    [{ name: "a", colour: 1 }, /colour/],
    [{ name: "a", monthlyQuota: -1 }, /^monthlyQuota: /],
    [{ name: "a", rates: { "x y": 1 } }, /^rates/],
  ] as const;
  for (const [body, message] of wrong) {
    const answer = await send("POST", "/admin/v1/accounts", { body });
    assert.equal(answer.status, 400);
    assert.match(answer.body.error.message, message);
  }
  const broken = await fetch(`${admin.address}/admin/v1/accounts`, {
    method: "POST",
    headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
    body: "{",
  });
  assert.equal(broken.status, 400);
  assert.doesNotMatch(await broken.text(), /JSON\.parse|fastify|node:|at /i);
  const text = await send("POST", "/admin/v1/accounts", {
    headers: { "content-type": "text/plain" },
  });
  assert.equal(text.status, 415);
});

test("a browser's session works by cookie, and changes need its CSRF token from our own page", async () => {
  await using admin = await openAdmin();
  const { browser, cookie, csrf } = await logIn(admin);
  assert.equal((await browser.send("GET", "/admin/v1/accounts")).status, 200);
  const create = (name: string, headers: Readonly<Record<string, string>>) =>
    browser.send("POST", "/admin/v1/accounts", { body: { name }, headers });
  assert.equal((await create("a", {})).status, 201);
  assert.equal((await create("b", { "x-csrf-token": "guess" })).status, 403);
  assert.equal((await create("c", { origin: "http://evil.example" })).status, 403);
  assert.equal((await create("d", { "sec-fetch-site": "cross-site" })).status, 403);
  // A browser that tells no origin at all cannot change anything by its cookie.
  const silent = createAdminClient(admin.address, { cookie, "x-csrf-token": csrf });
  assert.equal(
    (await silent.send("POST", "/admin/v1/accounts", { body: { name: "e" } })).status,
    403,
  );
  const { accounts } = (await browser.send("GET", "/admin/v1/accounts")).body;
  assert.deepEqual(
    accounts.map((account: { name: string }) => account.name),
    ["a"],
  );
});

test("a page of another site can neither log in, read nor change by another's cookie", async () => {
  await using admin = await openAdmin();
  const { cookie, csrf } = await logIn(admin);
  const foreign = createAdminClient(admin.address, {
    ...{ cookie, "x-csrf-token": csrf, origin: "http://evil.example" },
    "sec-fetch-site": "cross-site",
  });
  for (const [method, url] of ROUTES.filter(([, path]) => path !== "/admin/v1/session")) {
    assert.equal((await foreign.send(method, url)).status, 403, `${method} ${url}`);
  }
  const login = await foreign.send("POST", "/admin/v1/session", { body: { token: admin.token } });
  assert.equal(login.status, 403);
});

test("a Host header that is no name of ours is refused, so that no foreign name can be pointed here", async () => {
  await using admin = await openAdmin();
  assert.equal(await statusWithHost(admin.address, "evil.example:9091"), 403);
  assert.equal(await statusWithHost(admin.address, "localhost:1"), 401);
  await using named = await openAdmin({ url: "https://ops.example" });
  assert.equal(await statusWithHost(named.address, "ops.example"), 401);
});

test("each login has a new session and ends the old one; logout ends it", async () => {
  await using admin = await openAdmin();
  const { browser, cookie } = await logIn(admin);
  const again = await browser.send("POST", "/admin/v1/session", { body: { token: admin.token } });
  const renewed = again.headers.get("set-cookie")!.split(";")[0]!;
  assert.notEqual(renewed, cookie);
  assert.equal((await browser.send("GET", "/admin/v1/session")).status, 401);
  const headers = { cookie: renewed, "x-csrf-token": again.body.csrfToken };
  assert.equal((await browser.send("DELETE", "/admin/v1/session", { headers })).status, 204);
  assert.equal((await browser.send("GET", "/admin/v1/session", { headers })).status, 401);
});

test("a session ends after an hour without use and after twelve hours in any case", async () => {
  await using admin = await openAdmin();
  const { browser } = await logIn(admin);
  const look = async (minutes: number): Promise<number> => {
    admin.clock.nowMs += minutes * 60_000;
    return (await browser.send("GET", "/admin/v1/session")).status;
  };
  for (let hour = 0; hour < 12; hour++) assert.equal(await look(59), 200);
  assert.equal(await look(59), 401);
  const second = await logIn(admin);
  admin.clock.nowMs += 60 * 60_000;
  assert.equal((await second.browser.send("GET", "/admin/v1/session")).status, 401);
});

test("the cookie is out of reach of scripts and of other sites; behind TLS it is bound to it", async () => {
  const loginAt = async (admin: Admin, origin: string): Promise<string> => {
    const answer = await admin.stranger.send("POST", "/admin/v1/session", {
      body: { token: admin.token },
      headers: { origin },
    });
    return answer.headers.get("set-cookie") ?? "";
  };
  await using plain = await openAdmin();
  assert.match(
    await loginAt(plain, plain.address),
    /^faceloom-admin=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  await using tls = await openAdmin({ url: "https://ops.example" });
  assert.match(
    await loginAt(tls, "https://ops.example"),
    /^__Host-faceloom-admin=.*; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  );
});

test("after ten wrong tokens an address has to wait, with the right token too", async () => {
  await using admin = await openAdmin();
  const guess = async (): Promise<number> =>
    (await admin.stranger.send("POST", "/admin/v1/session", { body: { token: "guess" } })).status;
  const statuses = [];
  for (let i = 0; i < 14; i++) statuses.push(await guess());
  assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401));
  assert.ok(statuses.slice(11).every((status) => status === 429));
  const right = await admin.operator.send("GET", "/admin/v1/accounts");
  assert.equal(right.status, 429);
  assert.ok(Number(right.headers.get("retry-after")) >= 1);
  const { text } = await admin.metrics.write();
  assert.match(text, /^faceloom_admin_logins_total\{result="refused"\} 1[01]$/m);
});

test("pages and answers carry headers that let a browser do nothing else with them", async () => {
  await using admin = await openAdmin();
  for (const url of ["/", "/admin/v1/system", "/nothing"]) {
    const { headers } = await admin.stranger.send("GET", url);
    assert.match(
      headers.get("content-security-policy") ?? "",
      /^default-src 'none'; script-src 'self'/,
    );
    assert.doesNotMatch(headers.get("content-security-policy") ?? "", /unsafe/);
    assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("x-frame-options"), "DENY");
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("access-control-allow-origin"), null);
  }
  const page = await admin.stranger.send("GET", "/");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
});

test("the log tells what was changed and no secret", async () => {
  await using admin = await openAdmin();
  await admin.operator.send("POST", "/admin/v1/accounts", { body: { name: "shop" } });
  const line = JSON.parse(admin.log.find((text) => text.includes("Admin request"))!);
  assert.deepEqual([line.method, line.path, line.status], ["POST", "/admin/v1/accounts", 201]);
  assert.doesNotMatch(admin.log.join(""), new RegExp(admin.token));
});
