import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSqliteAuditBook } from "../../../src/audit/sqlite/sqlite-audit-book.ts";
import { orderBody } from "../bodies.ts";
import { OK } from "../caller.ts";
import { atMost, type Finding, holds } from "../finding.ts";
import { tally } from "../open-loop.ts";
import { callerOf, offer, type Rig, SMALL_BODY, strange } from "../rig.ts";
import { failingStart, isAlive, type RigServer, startRigServer, waitUntil } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** F-14: the server is told to stop under load. */
export async function checkStop(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const seconds = Math.min(rig.seconds, 8);
  const stopping = sleep(seconds * 500).then(() => server.stop("SIGTERM"));
  const samples = await offer(rig, caller, { times: 0.8, seconds });
  const { code, tookMs } = await stopping;
  const lost = strange(samples, "refused").length;
  await using impatient = await startRigServer();
  using other = callerOf(impatient);
  const long = other.call(orderBody("busy:5000"));
  await sleep(500);
  impatient.process.kill("SIGTERM");
  await sleep(200);
  const second = await impatient.stop("SIGTERM");
  await long;
  return [
    atMost("F-14", `accepted calls lost (${tally(samples)})`, lost, { limit: 0, unit: "" }),
    holds("F-14", "exit code after SIGTERM is 0", code === 0, String(code)),
    atMost("F-14", "stopped after", tookMs / 1000, {
      limit: TARGETS["F-14"].stopSeconds,
      unit: "s",
    }),
    atMost("F-14", "a second signal ends it after", second.tookMs / 1000, {
      limit: TARGETS["F-14"].secondSignalSeconds,
      unit: "s",
    }),
  ];
}

const CRASHES = 5;

/** F-15: the gateway is killed in the middle of writes and started again. */
export async function checkKilledGateway(rig: Rig): Promise<readonly Finding[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "faceloom-rig-"));
  const body = orderBody("large:300000", { delivery: "url" });
  const readyMs: number[] = [];
  let orphans = 0;
  let bad = 0;
  try {
    let key: RigServer["key"] | undefined;
    for (let crash = 0; crash < CRASHES; crash++) {
      await using server = await startRigServer({ dataDir, ...(key && { key }) });
      key = server.key;
      if (crash > 0) readyMs.push(server.readyMs);
      using caller = callerOf(server);
      if ((await caller.call(body)) !== OK) bad += 1;
      const workers = server.workerPids();
      const calls = Array.from({ length: 8 }, () => caller.call(body));
      await sleep(20 + rig.random() * 150);
      await server.stop("SIGKILL");
      await Promise.all(calls);
      await waitUntil(() => !workers.some(isAlive), 2_000);
      orphans += workers.filter(isAlive).length;
    }
    await using last = await startRigServer({ dataDir, ...(key && { key }) });
    const drafts = await readdir(path.join(dataDir, "results/drafts"));
    await using book = await createSqliteAuditBook(dataDir);
    const { faults, rows } = book.verify();
    using caller = callerOf(last);
    return [
      atMost("F-15", `longest start after ${CRASHES} kills`, Math.max(...readyMs) / 1000, {
        limit: TARGETS["F-15"].startSeconds,
        unit: "s",
        note: " (3 on a machine of one's own)",
      }),
      atMost("F-15", "workers that outlive the gateway by 2 s", orphans, { limit: 0, unit: "" }),
      atMost("F-15", "half-written results after a start", drafts.length, { limit: 0, unit: "" }),
      atMost("F-15", "first calls after a start that fail", bad, { limit: 0, unit: "" }),
      holds(
        "F-15",
        "the audit trail is whole",
        faults.length === 0,
        `${rows} rows, ${faults.length} faults`,
      ),
      holds("F-15", "calls are served", (await caller.call(SMALL_BODY)) === OK, ""),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What is done to the data folder of a stopped server, and whether the next start may go well. */
const DAMAGES: readonly {
  readonly what: string;
  readonly damage: (dataDir: string) => Promise<void>;
  readonly isRepaired: boolean;
}[] = [
  { what: "accounts.db cut short", damage: cutShort("accounts.db"), isRepaired: false },
  { what: "audit.db full of nonsense", damage: fill("audit.db"), isRepaired: false },
  {
    what: "materials.db full of nonsense",
    damage: fill("materials/materials.db"),
    isRepaired: false,
  },
  { what: "master.key cut short", damage: cutShort("master.key"), isRepaired: false },
  { what: "result-link.key full of nonsense", damage: fill("result-link.key"), isRepaired: false },
  {
    what: "a half-written result",
    damage: (dataDir) => writeFile(path.join(dataDir, "results/drafts/x.part"), "half"),
    isRepaired: true,
  },
];

/** F-19: what a server kept is damaged when it starts. */
export async function checkDamagedState(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { what, damage, isRepaired } of DAMAGES) {
    const dataDir = await mkdtemp(path.join(tmpdir(), "faceloom-rig-"));
    try {
      await useOnce(dataDir);
      const kept = await readdir(dataDir);
      await damage(dataDir);
      const { code, text } = await failingStart(dataDir);
      const lines = text.split("\n").filter((line) => line.startsWith("faceloom:"));
      const isGood = isRepaired ? code === null : code === 78 && lines.length === 1;
      const isKept = kept.every(
        (name) => name === "listeners.json" || existsSync(path.join(dataDir, name)),
      );
      const said = isRepaired ? text : `exit code ${code}: ${lines[0] ?? text.slice(-120)}`;
      findings.push(holds("F-19", what, isGood && isKept, said.slice(0, 110)));
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  return findings;
}

async function useOnce(dataDir: string): Promise<void> {
  await using server = await startRigServer({ dataDir });
  using caller = callerOf(server);
  await caller.call(orderBody("large:1000", { delivery: "url" }));
  await server.stop("SIGTERM");
}

function cutShort(file: string): (dataDir: string) => Promise<void> {
  return async (dataDir) => {
    for (const extra of ["-wal", "-shm"])
      await rm(path.join(dataDir, file + extra), { force: true });
    await truncate(path.join(dataDir, file), 20);
  };
}

function fill(file: string): (dataDir: string) => Promise<void> {
  return async (dataDir) => {
    for (const extra of ["-wal", "-shm"])
      await rm(path.join(dataDir, file + extra), { force: true });
    await writeFile(path.join(dataDir, file), "nonsense ".repeat(1_000));
  };
}
