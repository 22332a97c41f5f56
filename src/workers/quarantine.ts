import { inQuarantine } from "./errors.ts";

/** Remembers pictures under which workers died, so that they cannot take down one worker after another. */
export interface Quarantine {
  /** Throws `worker-lost` at once when the same pictures killed two workers within the last ten minutes. */
  check(pictures: readonly Uint8Array[]): Promise<void>;
  /** Notes that a worker died, or hung until its deadline, under these pictures. */
  note(pictures: readonly Uint8Array[]): Promise<void>;
}

const KILLS = 2;
const LENGTH_MS = 600_000;
/** More inputs than anybody watches; the oldest is forgotten. */
const MAX_INPUTS = 1_000;

interface Suspect {
  kills: number;
  untilMs: number;
}

/** Makes one; `nowMs` must not jump. Pictures are hashed only while there is a suspect, which is hardly ever. */
export function createQuarantine(nowMs: () => number): Quarantine {
  const suspects = new Map<string, Suspect>();

  function forgetOld(): void {
    for (const [digest, { untilMs }] of suspects) if (nowMs() >= untilMs) suspects.delete(digest);
    if (suspects.size > MAX_INPUTS) suspects.delete(suspects.keys().next().value!);
  }

  return {
    async check(pictures) {
      forgetOld();
      if (suspects.size === 0) return;
      const suspect = suspects.get(await digestOf(pictures));
      if (suspect !== undefined && suspect.kills >= KILLS) throw inQuarantine();
    },
    async note(pictures) {
      const digest = await digestOf(pictures);
      const kills = (suspects.get(digest)?.kills ?? 0) + 1;
      suspects.delete(digest);
      suspects.set(digest, { kills, untilMs: nowMs() + LENGTH_MS });
      forgetOld();
    },
  };
}

/** Hashes off the event loop: 20 MB would hold it up for 14 ms. The pictures' order does not count. */
async function digestOf(pictures: readonly Uint8Array[]): Promise<string> {
  const digests = await Promise.all(
    [...new Set(pictures)].map(async (bytes) => {
      const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
      return Buffer.from(digest).toString("hex");
    }),
  );
  return digests.sort().join();
}
