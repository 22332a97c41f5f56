// What the machine takes from every program: a process at the server's priority that computes for 20 ms of its own time
// twice a second, and looks how long that took and how late it was woken.
import { fileURLToPath } from "node:url";
import { startWatchingProcess, type WatchingProcess } from "../support/watching-process.ts";
import { quantile } from "./open-loop.ts";

/** How busy others kept the machine since the last reading. */
export interface MachineReading {
  /** Time that a computation took over the time that it was given; 1 on a machine of one's own. */
  readonly slowness: number;
  /** How late the process was woken at worst, ms. */
  readonly lateMs: number;
}

/** Watches the machine in the background. */
export type Machine = WatchingProcess<MachineReading>;

const THIS_FILE = fileURLToPath(import.meta.url);
const PAUSE_MS = 480;
const WORK_MS = 20;

/** Starts watching. */
export function startMachine(): Promise<Machine> {
  return startWatchingProcess(THIS_FILE);
}

/**
 * A target in ms on a machine that others use, too: times are stretched as a computation is, and a wait for the processor
 * comes on top. On a machine of one's own nothing is added.
 */
export function onMachine(
  limitMs: number,
  { slowness, lateMs }: MachineReading,
): { readonly limit: number; readonly unit: string; readonly note: string } {
  const limit = limitMs * slowness + lateMs;
  const note = ` (${limitMs} x ${slowness.toFixed(1)} + ${lateMs.toFixed(0)} by the machine)`;
  return { limit, unit: "ms", note };
}

if (process.argv[1] === THIS_FILE && process.send !== undefined) watch();

function watch(): void {
  process.on("disconnect", () => process.exit());
  const ratios: number[] = [];
  const late: number[] = [];
  let dueMs = performance.now() + PAUSE_MS;
  setInterval(() => {
    const startedMs = performance.now();
    late.push(startedMs - dueMs);
    const before = process.cpuUsage();
    const usedMs = (): number => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    while (usedMs() < WORK_MS);
    ratios.push((performance.now() - startedMs) / usedMs());
    dueMs = performance.now() + PAUSE_MS;
  }, PAUSE_MS + WORK_MS);
  process.on("message", () => {
    const slowness = Math.max(1, quantile(ratios.splice(0), 0.5));
    const lateMs = Math.max(0, ...late.splice(0).map((ms) => ms - WORK_MS));
    process.send!({ slowness, lateMs });
  });
}
