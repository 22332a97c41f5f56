import path from "node:path";
import { version as nodeVersion } from "node:process";
import type { KeyPair } from "./accounts/accounts.ts";
import { ensureFirstAccount } from "./accounts/first-account.ts";
import { createSqliteAccountBook } from "./accounts/sqlite/sqlite-account-book.ts";
import { createSqliteAccounts } from "./accounts/sqlite/sqlite-accounts.ts";
import { createSqliteUsedSignatures } from "./accounts/sqlite/sqlite-used-signatures.ts";
import type { UsedSignatures } from "./accounts/used-signatures.ts";
import { createActions } from "./actions/actions.ts";
import { type AdminParts, startAdminListener } from "./admin/admin-listener.ts";
import { loadAdminToken } from "./admin/admin-token.ts";
import { createDoor } from "./admin/authorize.ts";
import { callRules, rulesOf } from "./app-rules.ts";
import { createSqliteAuditBook } from "./audit/sqlite/sqlite-audit-book.ts";
import { createSqliteAuditTrail } from "./audit/sqlite/sqlite-audit-trail.ts";
import { productVersion } from "./base/product-version.ts";
import type { Config } from "./config/config.ts";
import { processEnvironment } from "./config/environment.ts";
import { type ConsoleParts, createConsoleSite } from "./console/console-site.ts";
import { readFolder, siteFolder } from "./console/page-files.ts";
import { createDownloader } from "./download/fetch-image.ts";
import { measureDownloads } from "./download/measure-downloads.ts";
import { createCallAudit, type NoteCall } from "./http/audit-call.ts";
import type { Site } from "./http/server.ts";
import { startServer } from "./http/start-server.ts";
import type { CallTracing } from "./http/trace-call.ts";
import { createFusionRunner } from "./jobs/run-fusion.ts";
import { openCredentials } from "./labels/credentials/credentials.ts";
import { createSqliteMaterials } from "./materials/sqlite/sqlite-materials.ts";
import { modelsDirOf } from "./models/models-dir.ts";
import { verifyModels } from "./models/verify-models.ts";
import { feedMetrics } from "./operations/feed-metrics.ts";
import { createHealth, type Health } from "./operations/health.ts";
import { checkParts } from "./operations/health-checks.ts";
import { announceListeners, type Listeners } from "./operations/listeners-file.ts";
import { startOpsListener } from "./operations/ops-listener.ts";
import { createRetentionStatement } from "./privacy/retention-statement.ts";
import { retentionFactsOf } from "./retention-facts.ts";
import { createLocalStorage } from "./storage/local/local-storage.ts";
import type { Storage } from "./storage/storage.ts";
import { watchEventLoop } from "./telemetry/event-loop.ts";
import type { Logger } from "./telemetry/logger.ts";
import { createMetrics, type Metrics } from "./telemetry/metrics.ts";
import { openOtlpExporter } from "./telemetry/open-otlp-exporter.ts";
import { createWorkerPool, type WorkerPool } from "./workers/pool.ts";

/** What the process brings along. */
export interface AppParts {
  readonly logger: Logger;
  /** Log lines lost so far. */
  readonly droppedLogLines: () => number;
  /** A module with `createFusionEngine` in place of the product's own, for tests of what is around it. */
  readonly engineModule?: URL;
}

/** A running server. */
export interface App extends AsyncDisposable {
  /** `http://host:port` it listens on. */
  readonly address: string;
  /** All addresses, those for probes and for the operator among them. */
  readonly listeners: Listeners;
  /** The pair made at the first start, to be shown once; undefined later and when the operator gave one. */
  readonly generatedPair: KeyPair | undefined;
  /** The operator's token, in the same way. */
  readonly generatedToken: string | undefined;
  /** Notes whether a change of the configuration was taken over. */
  noteReload(isGood: boolean): void;
  /** Address of the console; undefined when there is none. */
  readonly consoleUrl: string | undefined;
}

/** Where `scripts/build-console.ts` puts the pages; the same seen from `src` and from `dist`. */
const CONSOLE_DIST = path.resolve(import.meta.dirname, "../console/dist");

/** Stands in for the operator's pages where they have not been built; the same seen from `src` and from `dist`. */
const ADMIN_NOTICE = path.resolve(import.meta.dirname, "../src/admin/pages");

/** What the process is, for collectors and operators. */
function readVersions() {
  return { version: productVersion(), node: nodeVersion };
}

/**
 * Makes every part once and listens: when this resolves, the first call would succeed. Models must have been built.
 * Disposing stops in the opposite order: connections, running calls, workers, stores, probes.
 */
export async function createApp(config: Config, process: AppParts): Promise<App> {
  await using parts = new AsyncDisposableStack();
  const { logger } = process;
  const nowMs = Date.now;
  const metrics = createMetrics();
  const health = createHealth();
  const shared = { logger, nowMs, metrics, parts };
  const ops = await openOps(config, { metrics, health, parts });
  const stores = await openStores(config, shared);
  const { accounts, storage } = stores;
  const { pool, runner } = await openEngine(config, { ...process, ...shared, ...stores });
  const { pixelsInFlight } = runner;
  feedMetrics(metrics, { ...process, pool, storage, pixelsInFlight });
  checkParts(health, config.operations, { pool, storage });
  const actions = createActions({ ...stores, runner, ...config.actions });
  const site = await siteOf(config, { logger, actions, runner });
  const eventLoop = parts.use(watchEventLoop());
  health.showFigures(() => ({ eventLoop: eventLoop.read(), workers: pool.stats() }));
  const server = parts.use(
    await startServer(config.http, {
      ...stores,
      actions,
      ...callRules(config, nowMs),
      logger,
      metrics,
      tracing: openTracing(config, shared),
      site,
      retention: createRetentionStatement(retentionFactsOf(config)),
      isReady: () => health.phase === "serving",
    }),
  );
  const admin = await openAdmin(config, { ...stores, ...shared, health, pool });
  const listeners = { api: server.address, ops: ops?.address, admin: admin?.address };
  parts.use(await announceListeners(config.dataDir, listeners));
  parts.defer(() => health.enter("draining"));

  // Last of all: a start that failed after this would lose what is shown only once.
  await admin?.token.keep();
  const generatedPair = await ensureFirstAccount(accounts, config.accounts);
  health.enter("serving");
  const opened = parts.move();
  return {
    address: server.address,
    listeners,
    noteReload: (isGood) => metrics.set("configReloadSuccess", {}, isGood ? 1 : 0),
    generatedPair,
    generatedToken: admin?.token.generated,
    consoleUrl: site && new URL(site.home, config.http.publicUrl ?? server.address).href,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Where every part is noted, to be closed in the opposite order. */
interface Noted {
  readonly parts: AsyncDisposableStack;
}

/** What many parts need. */
interface Shared extends Noted {
  readonly logger: Logger;
  readonly nowMs: () => number;
  readonly metrics: Metrics;
}

/** First of all, so that probes are answered while the rest starts and after it has stopped. */
async function openOps(
  config: Config,
  { metrics, health, parts }: Noted & { readonly metrics: Metrics; readonly health: Health },
) {
  const versions = readVersions();
  metrics.set("buildInfo", versions, 1);
  if (!config.operations.enabled) return undefined;
  return parts.use(await startOpsListener(config.operations, { health, metrics, versions }));
}

/** The operator's pages and their API, with a view of their own on the accounts. */
async function openAdmin(
  config: Config,
  given: Shared &
    Pick<AdminParts, "health" | "materials" | "storage"> & {
      readonly pool: WorkerPool;
    },
) {
  const { parts, nowMs, metrics } = given;
  if (!config.admin.enabled) return undefined;
  const token = await loadAdminToken(config.dataDir, config.admin.token);
  const book = parts.use(await createSqliteAccountBook(config.dataDir));
  const door = createDoor(config.admin, { token, nowMs, metrics });
  const models = () => verifyModels(modelsDirOf(config));
  const pages = await readFolder((await siteFolder(CONSOLE_DIST, "admin")) ?? ADMIN_NOTICE);
  const trail = config.audit.isOn
    ? parts.use(await createSqliteAuditBook(config.dataDir))
    : undefined;
  const about = { versions: readVersions(), models, pages, trail };
  const listener = await startAdminListener({ ...given, ...about, door, book });
  return { ...parts.use(listener), token };
}

/** Where traces of calls go; undefined when there is no collector. */
function openTracing({ telemetry }: Config, { metrics, parts }: Shared): CallTracing | undefined {
  const exporter = openOtlpExporter(telemetry, readVersions());
  if (exporter === undefined) return undefined;
  parts.use(exporter);
  metrics.beforeWriting(() => {
    metrics.countUpTo("traceSpansDropped", {}, exporter.droppedSpans());
  });
  return { sink: exporter, trustsTraceparent: telemetry.trustsTraceparent };
}

/** What is kept on the disk. */
async function openStores(config: Config, shared: Shared) {
  const { logger, nowMs, parts } = shared;
  const { dataDir, storage } = config;
  const onSweepError = (error: unknown) =>
    logger.error({ error }, "Expired results could not be deleted");
  return {
    accounts: parts.use(await createSqliteAccounts(dataDir)),
    usedSignatures: parts.use(await openUsedSignatures(config, nowMs)),
    storage: parts.use(await createLocalStorage(storage, { dataDir, nowMs, onSweepError })),
    materials: parts.use(await createSqliteMaterials({ dataDir, nowMs })),
    audit: await openAudit(config, shared),
  };
}

/** Returns what writes answered calls into the audit trail; undefined when none is kept. */
async function openAudit(
  { audit, dataDir }: Config,
  { logger, nowMs, metrics, parts }: Shared,
): Promise<NoteCall | undefined> {
  if (!audit.isOn) return undefined;
  const onError = (error: unknown) => logger.error({ error }, "The audit trail cannot be written");
  const trail = parts.use(await createSqliteAuditTrail(audit, { dataDir, nowMs, onError }));
  metrics.beforeWriting(() => metrics.countUpTo("auditDropped", {}, trail.dropped()));
  return createCallAudit(trail, { keep: audit.clientAddress, nowMs });
}

/** What fuses. */
async function openEngine(
  config: Config,
  given: Shared & Pick<AppParts, "engineModule"> & { readonly storage: Storage },
) {
  const { nowMs, metrics, storage, parts } = given;
  const ownNames = [config.http.publicUrl, config.admin.url].flatMap((url) =>
    url === undefined ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, "")],
  );
  const download = measureDownloads(createDownloader(config.download, { ownNames }), metrics);
  const modelsDir = modelsDirOf(config);
  const environment = processEnvironment();
  const pool = parts.use(
    await createWorkerPool(config.workers, { ...given, modelsDir, environment }),
  );
  const credentials = parts.use(await openCredentials(config.credentials));
  const around = { download, storage, pool, credentials };
  const runner = parts.use(
    createFusionRunner(config.jobs, { ...around, ...rulesOf(config, nowMs) }),
  );
  return { pool, runner };
}

/** Replays are accepted unless the operator says otherwise; then nothing is remembered. */
async function openUsedSignatures(
  { protocol, dataDir }: Config,
  nowMs: () => number,
): Promise<UsedSignatures | undefined> {
  return protocol.replays === "reject" ? createSqliteUsedSignatures(dataDir, nowMs) : undefined;
}

/** Makes the console, which is told of the settings that its forms follow. */
function siteOf(
  { console, actions, http, jobs }: Config,
  parts: Pick<ConsoleParts, "logger" | "actions" | "runner">,
): Promise<Site | undefined> {
  const facts = {
    ModelTypes: actions.modelTypes.map(Number),
    DefaultsEdition: actions.defaultsEdition,
    MaxBodyBytes: http.maxBodyBytes,
    MaxPicturePixels: jobs.maxPicturePixels,
  };
  return createConsoleSite(console, { ...parts, distDir: CONSOLE_DIST, facts });
}
