import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRateLimit } from "../../src/accounts/rate-limit.ts";
import { createSqliteAccounts } from "../../src/accounts/sqlite/sqlite-accounts.ts";
import { createSqliteUsedSignatures } from "../../src/accounts/sqlite/sqlite-used-signatures.ts";
import { createActions } from "../../src/actions/actions.ts";
import { createSqliteAuditTrail } from "../../src/audit/sqlite/sqlite-audit-trail.ts";
import { loadConfig } from "../../src/config/config.ts";
import type { Environment } from "../../src/config/environment.ts";
import { createCallAudit } from "../../src/http/audit-call.ts";
import { startServer } from "../../src/http/start-server.ts";
import type { FusionAnswer, FusionJob, FusionRunner } from "../../src/jobs/run-fusion.ts";
import type { Materials } from "../../src/materials/materials.ts";
import { createSqliteMaterials } from "../../src/materials/sqlite/sqlite-materials.ts";
import { createRetentionStatement } from "../../src/privacy/retention-statement.ts";
import { retentionFactsOf } from "../../src/retention-facts.ts";
import type { OpenedResult, Storage } from "../../src/storage/storage.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import type { ClientKey } from "./tc3-client.ts";

/** What a job does in a test: by default it answers four bytes at once. */
export type RunJob = (job: FusionJob, signal: AbortSignal) => Promise<FusionAnswer>;

/** The gateway without an engine behind it: all of the wire, and a runner that the test supplies. */
export interface Gateway extends AsyncDisposable {
  readonly address: string;
  readonly key: ClientKey;
  readonly materials: Materials;
  /** Jobs that came through, in order. */
  readonly jobs: readonly FusionJob[];
  /** Where the accounts are kept, for an operator's book beside the running server. */
  readonly dataDir: string;
  /** Log lines written so far. */
  readonly log: readonly Record<string, unknown>[];
}

const KEY: ClientKey = {
  secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
  secretKey: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
};

const FACTS = {
  width: 1,
  height: 1,
  format: "jpeg",
  stepMs: {},
  quality: [0.9],
  queueMs: 0,
  pictureBytes: 9,
  resultBytes: 4,
} as const;

/** An answer as the runner gives it, for base64 and for URLs. */
export function anAnswer(job: FusionJob, image: Buffer = Buffer.from("abcd")): FusionAnswer {
  return job.delivery === "base64"
    ? { ...FACTS, delivery: "base64", base64: Buffer.from(image.toString("base64")) }
    : { ...FACTS, delivery: "url", path: "/results/0123.jpg?e=1&s=2" };
}

/** Starts a gateway on a free port with one account. */
export async function startGateway(
  options: {
    readonly environment?: Environment;
    readonly run?: RunJob;
    readonly nowMs?: () => number;
    readonly results?: ReadonlyMap<string, OpenedResult>;
    /** The folder of another gateway, which keeps it: both then know the same keys and signatures. */
    readonly dataDir?: string;
  } = {},
): Promise<Gateway> {
  const config = loadConfig({ FACELOOM_HTTP_PORT: "0", ...options.environment });
  const nowMs = options.nowMs ?? Date.now;
  const folder = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "faceloom-gateway-")));
  const accounts = await createSqliteAccounts(folder);
  await accounts.putCredential(KEY);
  const materials = await createSqliteMaterials({ dataDir: folder, nowMs });
  const usedSignatures =
    config.protocol.replays === "reject"
      ? await createSqliteUsedSignatures(folder, nowMs)
      : undefined;
  const onError = (error: unknown): void => assert.fail(String(error));
  const trail = await createSqliteAuditTrail(config.audit, { dataDir: folder, nowMs, onError });
  const jobs: FusionJob[] = [];
  const log: Record<string, unknown>[] = [];
  const run = options.run ?? (async (job) => anAnswer(job));
  const runner: FusionRunner = {
    run(job, signal) {
      jobs.push(job);
      return run(job, signal);
    },
    async detect() {
      return { width: 1, height: 1, faces: [], rejected: [] };
    },
    pixelsInFlight: () => 0,
    async [Symbol.asyncDispose]() {},
  };
  const storage: Storage = {
    put: async () => ({ path: "/results/x" }),
    open: async (link) => options.results?.get(link),
    remove: async () => 0,
    figures: async () => ({
      usedBytes: 0,
      quotaBytes: 1,
      disk: undefined,
      shortage: undefined,
      stored: 0,
      deletedExpired: 0,
      deletedOnRequest: 0,
      sinceSweepMs: 0,
    }),
    async [Symbol.asyncDispose]() {},
  };
  const server = await startServer(config.http, {
    accounts,
    actions: createActions({ runner, materials, ...config.actions }),
    rateLimit: createRateLimit(nowMs),
    ratePerSecond: () => config.accounts.ratePerSecond,
    nowMs,
    ...config.protocol,
    usedSignatures,
    publicUrl: config.http.publicUrl,
    storage,
    logger: createLogger("debug", { write: (line) => log.push(JSON.parse(line)) }),
    audit: createCallAudit(trail, { keep: config.audit.clientAddress, nowMs }),
    retention: createRetentionStatement(retentionFactsOf(config)),
    isReady: () => true,
  });
  return {
    address: server.address,
    key: KEY,
    materials,
    jobs,
    dataDir: folder,
    log,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await trail[Symbol.asyncDispose]();
      await materials[Symbol.asyncDispose]();
      await accounts[Symbol.asyncDispose]();
      await usedSignatures?.[Symbol.asyncDispose]();
      if (options.dataDir === undefined) await rm(folder, { recursive: true });
    },
  };
}
