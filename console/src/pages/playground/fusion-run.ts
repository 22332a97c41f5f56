import type { Answer } from "../../api/call-api.ts";
import { callApi } from "../../api/call-api.ts";
import type { CallEvent } from "../../api/follow-calls.ts";
import type { RecentCall } from "../../api/recent-call.ts";
import { session } from "../../api/session.ts";
import { createStore } from "../../state/store.ts";
import type { FusionParameters } from "./fusion-parameters.ts";
import { fusionParameters } from "./fusion-parameters.ts";
import { choices, type Options } from "./playground-state.ts";

/** A call of FuseFaceUltra that the page made. */
export interface FusionRun {
  readonly id: string;
  /** What was different from the sliders, for the strip; empty for an ordinary run. */
  readonly change: Partial<Options>;
  readonly parameters: FusionParameters;
  readonly faces: number;
  /** Names of the steps that have begun. */
  readonly steps: readonly string[];
  readonly answer: Answer | undefined;
  /** `data:` address of the result. */
  readonly imageUrl: string | undefined;
  /** No answer came. */
  readonly isLost: boolean;
  /** What the server tells of the call's times. */
  readonly call: RecentCall | undefined;
}

/** The last ordinary run, and the runs of the strip. */
export interface Runs {
  readonly main: FusionRun | undefined;
  readonly strip: readonly FusionRun[];
  readonly isRunning: boolean;
}

/** The runs; they outlive a visit to another page. */
export const runs = createStore<Runs>({ main: undefined, strip: [], isRunning: false });

let giveUp: AbortController | undefined;

/** Stops what is running; the server stops as well. */
export function stopRunning(): void {
  giveUp?.abort();
}

/** Fuses what is chosen. */
export async function fuse(): Promise<void> {
  await whileRunning(async (signal) => {
    runs.set((now) => ({ ...now, main: undefined, strip: [] }));
    await runOnce({}, signal, (main) => runs.set((now) => ({ ...now, main })));
  });
}

/** Fuses once for each change of the options, one after the other, beside each other in the strip. */
export async function compare(changes: readonly Partial<Options>[]): Promise<void> {
  await whileRunning(async (signal) => {
    runs.set((now) => ({ ...now, strip: [] }));
    for (const [i, change] of changes.entries()) {
      if (signal.aborted) return;
      await runOnce(change, signal, (run) =>
        runs.set((now) => ({ ...now, strip: now.strip.toSpliced(i, 1, run) })),
      );
    }
  });
}

/** Shows a run of the strip as the main one. */
export function promote(main: FusionRun): void {
  runs.set((now) => ({ ...now, main }));
}

async function whileRunning(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  giveUp?.abort();
  const own = new AbortController();
  giveUp = own;
  runs.set((now) => ({ ...now, isRunning: true }));
  await work(own.signal);
  if (giveUp === own) runs.set((now) => ({ ...now, isRunning: false }));
}

/** Runs that want to hear of their steps, by the word under which they follow them. */
const following = new Map<string, (event: CallEvent) => void>();

/** Calls of which the server told before their answer was here; the last few are enough. */
const early = new Map<string, RecentCall>();
const MAX_EARLY = 20;

/** Takes an event of the account's calls to the run that it is about. */
export function noteEvent(event: CallEvent): void {
  if (event.type === "call") {
    early.set(event.call.requestId, event.call);
    for (const oldest of [...early.keys()].slice(0, -MAX_EARLY)) early.delete(oldest);
  }
  for (const listener of following.values()) listener(event);
}

async function runOnce(
  change: Partial<Options>,
  signal: AbortSignal,
  show: (run: FusionRun) => void,
): Promise<void> {
  const key = session.get();
  const parameters = fusionParameters(choices.get(), change);
  if (key === undefined || parameters === undefined) return;
  let run: FusionRun = {
    ...{ id: newWord(), change, parameters, faces: parameters.MergeInfos.length, steps: [] },
    ...{ answer: undefined, imageUrl: undefined, isLost: false, call: undefined },
  };
  const update = (more: Partial<FusionRun>): void => {
    run = { ...run, ...more };
    show(run);
  };
  update({});
  following.set(run.id, (event) => update(heard(event, run)));
  try {
    const answer = await callApi(
      {
        ...{ action: "FuseFaceUltra", version: "2022-09-27", body: JSON.stringify(parameters) },
        ...{ headers: { "x-faceloom-follow": run.id }, signal },
      },
      key,
    );
    const call = early.get(answer.requestId);
    update({ answer, call, imageUrl: imageOf(answer, parameters.ModelImage) });
  } catch {
    update({ isLost: true });
  }
  // The server's own account of the call comes on the other connection, a moment before or after the answer.
  setTimeout(() => following.delete(run.id), LATE_MS);
}

const LATE_MS = 3_000;

function heard(event: CallEvent, run: FusionRun): Partial<FusionRun> {
  if (event.type === "step") {
    return event.followAs === run.id ? { steps: [...run.steps, event.step] } : {};
  }
  return event.call.requestId === run.answer?.requestId ? { call: event.call } : {};
}

/** Not `randomUUID`, which browsers lack on plain HTTP. */
function newWord(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join("");
}

/** The result has the template's format: base64 of JPEG begins with `/9j/`. */
function imageOf({ response }: Answer, template: string): string | undefined {
  const { FusedImage: image } = response;
  if (typeof image !== "string" || image === "") return undefined;
  const isJpeg = image.startsWith("/9j/") || template.startsWith("/9j/");
  return `data:image/${isJpeg ? "jpeg" : "png"};base64,${image}`;
}
