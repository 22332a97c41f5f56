// Load, faults and recovery of a running server, measured and judged: npm run test:reliability [-- OPTIONS]
//   --only L-04,F-01   checks that have one of these rows
//   --seconds N        length of one load (15)
//   --ci               short loads and a minute of soak; times and rates are printed and not judged, for others may be
//                      using the machine
//   --soak MINUTES     a mixed load for so long in place of the other checks
//   --rate N           calls a second of the soak (seven tenths of the capacity)
//   --job-ms N         what a usual call of the soak computes (100)
import { parseArgs } from "node:util";
import { checkFairness, checkGenerator, checkHangUps } from "./checks/caller-checks.ts";
import { checkClocks } from "./checks/clock-check.ts";
import { checkIdleFlood, checkSlowCallers } from "./checks/connection-checks.ts";
import { checkNoEgress } from "./checks/egress-check.ts";
import { checkDamagedState, checkKilledGateway, checkStop } from "./checks/life-checks.ts";
import { checkBaseline, checkOverload } from "./checks/load-checks.ts";
import { checkBlockedLog, checkFullDisk, checkOrigins } from "./checks/outside-checks.ts";
import { checkHeavyCalls, checkLargeBodies } from "./checks/size-checks.ts";
import { checkSoak } from "./checks/soak-check.ts";
import { checkNoFilesLeft, checkRefusingSystem } from "./checks/system-call-checks.ts";
import {
  checkHungWorker,
  checkKilledWorkers,
  checkLeakingWorkers,
  checkPoison,
} from "./checks/worker-checks.ts";
import { type Finding, formatFindings, stateOf } from "./finding.ts";
import { type Check, openRig } from "./rig.ts";

/** Every check with the rows that it measures. */
const CHECKS: readonly (readonly [rows: readonly string[], check: Check])[] = [
  [["L-14"], checkGenerator],
  [["L-02", "L-03", "L-04", "L-05"], checkOverload],
  [["L-07"], checkHeavyCalls],
  [["L-08"], checkLargeBodies],
  [["L-09"], checkSlowCallers],
  [["L-10"], checkIdleFlood],
  [["L-11"], checkFairness],
  [["L-12"], checkHangUps],
  [["F-01"], checkKilledWorkers],
  [["F-02"], checkPoison],
  [["F-03"], checkHungWorker],
  [["F-04"], checkLeakingWorkers],
  [["F-09"], checkFullDisk],
  [["F-10"], checkRefusingSystem],
  [["F-10"], checkNoFilesLeft],
  [["F-11"], checkOrigins],
  [["F-13"], checkClocks],
  [["F-14"], checkStop],
  [["F-15"], checkKilledGateway],
  [["F-16"], checkNoEgress],
  [["F-19"], checkDamagedState],
  [["F-20"], checkBlockedLog],
];

const CI_SOAK_MINUTES = 1;

const { values } = parseArgs({
  options: {
    ci: { type: "boolean" },
    only: { type: "string" },
    seconds: { type: "string" },
    soak: { type: "string" },
    rate: { type: "string" },
    "job-ms": { type: "string" },
  },
});
const wanted = values.only?.split(",");
const soak =
  values.soak === undefined
    ? undefined
    : {
        minutes: Number(values.soak),
        ratePerSecond: values.rate === undefined ? undefined : Number(values.rate),
        jobMs: Number(values["job-ms"] ?? 100),
      };
const isShared = values.ci === true;
const rig = await openRig(Number(values.seconds ?? (isShared ? 5 : 15)));
const startedMs = performance.now();
const findings: Finding[] = [];

const baseline = await checkBaseline(rig);
report("L-01, L-13", baseline.findings);
const ready = { ...rig, capacity: baseline.capacity };
if (soak !== undefined) {
  report("L-06", await checkSoak(ready, soak));
} else {
  for (const [rows, check] of CHECKS) {
    if (wanted !== undefined && !rows.some((row) => wanted.includes(row))) continue;
    report(rows.join(", "), await guarded(rows, () => check(ready)));
  }
  if (isShared && wanted === undefined) {
    report("L-06", await guarded(["L-06"], () => checkSoak(ready, { minutes: CI_SOAK_MINUTES })));
  }
}
await rig.machine[Symbol.asyncDispose]();

console.log(`\n${formatFindings(findings, isShared)}`);
const short = findings.filter((one) => stateOf(one, isShared) === "SHORT").length;
const passed = findings.filter(({ isMet }) => isMet).length;
const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
console.log(
  `\n${passed} of ${findings.length} targets met, ${short} short and ${findings.length - passed - short} not judged, in ${minutes} min`,
);
process.exitCode = short === 0 ? 0 : 1;

/** A check that breaks off is a miss, and the others still run. */
async function guarded(
  rows: readonly string[],
  work: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    console.error(error);
    const figure = String((error as Error).message).slice(0, 100);
    return [
      { id: rows[0]!, what: "the check runs to its end", target: "yes", figure, isMet: false },
    ];
  }
}

function report(rows: string, found: readonly Finding[]): void {
  findings.push(...found);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(
    `${seconds.padStart(4)} s  ${rows}: ${found.filter(({ isMet }) => isMet).length} of ${found.length}`,
  );
}
