import { readdir, readFile } from "node:fs/promises";

/** Peak resident sizes of a process and of the largest of its living descendants, MiB; from Linux's /proc. */
export async function peakMemoryMiB(
  pid: number,
): Promise<{ readonly root: number; readonly largestChild: number }> {
  const children = await descendantsOf(pid);
  const peaks = await Promise.all(children.map(peakOf));
  return { root: await peakOf(pid), largestChild: Math.max(0, ...peaks) };
}

async function descendantsOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = await statusField(Number(name), "PPid");
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const found: number[] = [];
  for (let front = [pid]; front.length > 0; ) {
    front = [...parents].flatMap(([child, parent]) => (front.includes(parent) ? child : []));
    found.push(...front);
  }
  return found;
}

async function peakOf(pid: number): Promise<number> {
  return Math.round(((await statusField(pid, "VmHWM")) ?? 0) / 1024);
}

/** A number of /proc/PID/status; undefined when the process is gone. */
async function statusField(pid: number, name: string): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const value = new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

/** Notes the peaks of a process and its descendants, of those too that end meanwhile. */
export interface MemoryWatch extends Disposable {
  /** Peaks so far, MiB. */
  read(): Promise<{ readonly root: number; readonly largestChild: number }>;
}

/** How often a process is looked at: what it needed stays written down as long as it lives. */
const LOOK_MS = 500;

/** Watches a process until disposed of. */
export function watchMemory(pid: number): MemoryWatch {
  const peaks = { root: 0, largestChild: 0 };
  const look = async (): Promise<typeof peaks> => {
    const { root, largestChild } = await peakMemoryMiB(pid);
    peaks.root = Math.max(peaks.root, root);
    peaks.largestChild = Math.max(peaks.largestChild, largestChild);
    return { ...peaks };
  };
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return { read: look, [Symbol.dispose]: () => clearInterval(timer) };
}
