import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Storage, StoredResult } from "../../src/storage/storage.ts";
import { textOf } from "../support/result-text.ts";

/** Settings that every storage under test must honour. */
export const CONFORMANCE_TTL_SECONDS = 86_400;
/** Room for the results of one test and no more. */
export const CONFORMANCE_QUOTA_BYTES = 100_000;

/** Opens a fresh storage whose clock is `nowMs`. */
export type OpenStorage = (nowMs: () => number) => Promise<Storage>;

const START_MS = Date.UTC(2030, 1, 28, 12, 0, 0);

function aResult(change: Partial<StoredResult> = {}): StoredResult {
  return {
    bytes: Buffer.from("the picture"),
    format: "jpeg",
    accountId: "account-a",
    requestId: "8f7a1c3e-0000-4000-8000-000000000001",
    ...change,
  };
}

/** Holds an adapter against the promises of the {@link Storage} port. */
export function describeStorage(name: string, open: OpenStorage): void {
  describe(`${name} storage`, () => {
    test("returns what was put, by its link", async () => {
      await using storage = await open(() => START_MS);
      for (const format of ["jpeg", "png"] as const) {
        const { path } = await storage.put(aResult({ format }));
        const ending = format === "png" ? "png" : "jpg";
        const spelling = `^/results/[0-9a-f]{32}\\.${ending}\\?e=\\d+&s=[A-Za-z0-9_-]{43}$`;
        assert.match(path, new RegExp(spelling));
        const opened = await storage.open(path);
        assert.equal(await textOf(opened), "the picture");
        assert.equal(opened?.format, format);
        assert.equal(opened?.expiresAtMs, START_MS + CONFORMANCE_TTL_SECONDS * 1000);
      }
    });

    test("deletes one request's results, or all of an account, and no other", async () => {
      await using storage = await open(() => START_MS);
      const put = async (accountId: string, requestId: string): Promise<string> =>
        (await storage.put(aResult({ accountId, requestId }))).path;
      const [a1, a2, b1] = [await put("a", "r1"), await put("a", "r2"), await put("b", "r1")];
      assert.equal(await storage.remove({ accountId: "a", requestId: "r1" }), 1);
      assert.equal(await storage.open(a1!), undefined);
      assert.ok(await storage.open(a2!));
      assert.equal(await storage.remove({ accountId: "a" }), 1);
      assert.equal(await storage.open(a2!), undefined);
      assert.equal(await storage.remove({ requestId: "nobody's" }), 0);
      assert.ok(await storage.open(b1!));
      assert.equal((await storage.figures()).deletedOnRequest, 2);
      await assert.rejects(storage.remove({}), { reason: "field-value-invalid" });
    });

    test("tells how full it is", async () => {
      await using storage = await open(() => START_MS);
      await storage.put(aResult());
      const figures = await storage.figures();
      assert.equal(figures.stored, 1);
      assert.ok(figures.usedBytes >= 11 && figures.usedBytes < figures.quotaBytes);
      assert.equal(figures.shortage, undefined);
    });

    test("keeps its own copy of the bytes", async () => {
      await using storage = await open(() => START_MS);
      const bytes = Buffer.from("the picture");
      const { path } = await storage.put(aResult({ bytes }));
      bytes.fill(0);
      assert.equal(await textOf(await storage.open(path)), "the picture");
    });

    test("gives every result an id of its own, equal ones too", async () => {
      await using storage = await open(() => START_MS);
      const links = await Promise.all(Array.from({ length: 20 }, () => storage.put(aResult())));
      assert.equal(new Set(links.map(({ path }) => path.slice(0, 41))).size, 20);
    });

    test("serves until the last moment of the lifetime and not a moment longer", async () => {
      let now = START_MS;
      await using storage = await open(() => now);
      const { path } = await storage.put(aResult());
      now = START_MS + CONFORMANCE_TTL_SECONDS * 1000 - 1;
      assert.ok(await storage.open(path));
      now += 1;
      assert.equal(await storage.open(path), undefined);
    });

    test("keeps a result with a lifetime of its own for exactly that long", async () => {
      let now = START_MS;
      await using storage = await open(() => now);
      const lifetimeSeconds = 7 * CONFORMANCE_TTL_SECONDS;
      const { path } = await storage.put(aResult({ lifetimeSeconds }));
      now = START_MS + lifetimeSeconds * 1000 - 1;
      assert.equal((await storage.open(path))?.expiresAtMs, START_MS + lifetimeSeconds * 1000);
      now += 1;
      assert.equal(await storage.open(path), undefined);
    });

    test("refuses a link with any one character changed", async () => {
      await using storage = await open(() => START_MS);
      const { path } = await storage.put(aResult());
      for (let i = 0; i < path.length; i++) {
        for (const other of ["0", "1", "A", "w", "-", "%"]) {
          if (path[i] === other) continue;
          const changed = path.slice(0, i) + other + path.slice(i + 1);
          assert.equal(await storage.open(changed), undefined, changed);
        }
      }
    });

    test("refuses links that are longer, shorter, re-ordered or otherwise spelled", async () => {
      await using storage = await open(() => START_MS);
      const { path } = await storage.put(aResult());
      const [file, query] = path.split("?") as [string, string];
      const [expiry, mac] = query.split("&") as [string, string];
      const others = [
        "",
        "/",
        file,
        `${file}?`,
        `${file}?${mac}&${expiry}`,
        `${path}&x=1`,
        `${path}#`,
        `${path} `,
        ` ${path}`,
        `${path}\n`,
        `${path}\u0000`,
        path.slice(0, -1),
        path.toUpperCase(),
        path.replace("e=", "e=0"),
        path.replace(".jpg", ".png"),
        path.replace(".jpg", ""),
        path.replace("/results/", "/results/../results/"),
        path.replace("/results/", "/results/%2e%2e%2f"),
        path.replace("/results/", "//results/"),
        `${file}?${expiry}&s=`,
        `${file}?${expiry}&${mac}&${mac}`,
        "/results/../../etc/passwd",
      ];
      for (const other of others) assert.equal(await storage.open(other), undefined, other);
    });

    test("refuses the signature of another result, of the same or of another account", async () => {
      await using storage = await open(() => START_MS);
      const mine = (await storage.put(aResult())).path;
      for (const accountId of ["account-a", "account-b"]) {
        const theirs = (await storage.put(aResult({ accountId }))).path;
        const mixed = theirs.slice(0, -43) + mine.slice(-43);
        assert.equal(await storage.open(mixed), undefined);
      }
    });

    test("refuses a result that does not fit and keeps those it has", async () => {
      await using storage = await open(() => START_MS);
      const { path } = await storage.put(aResult());
      const tooBig = aResult({ bytes: Buffer.alloc(CONFORMANCE_QUOTA_BYTES) });
      await assert.rejects(storage.put(tooBig), { reason: "resources-exhausted" });
      assert.ok(await storage.open(path));
      assert.ok(await storage.open((await storage.put(aResult())).path));
    });
  });
}
