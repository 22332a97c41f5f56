import { useEffect } from "preact/hooks";
import { useStore } from "../state/store.ts";
import { prepareCall } from "./call-api.ts";
import { readEvents } from "./read-events.ts";
import type { RecentCall } from "./recent-call.ts";
import { session } from "./session.ts";
import type { Key } from "./sign-call.ts";

/** Something that happened to the account's calls. */
export type CallEvent =
  | { readonly type: "step"; readonly followAs: string; readonly step: string }
  | { readonly type: "call"; readonly call: RecentCall };

type Listener = (event: CallEvent) => void;

const listeners = new Set<Listener>();
let connection: AbortController | undefined;

/** Calls `listener` for every event of the signed-in account while the component is shown. */
export function useCallEvents(listener: Listener): void {
  const key = useStore(session);
  useEffect(() => {
    if (key === undefined) return;
    return follow(key, listener);
  }, [key, listener]);
}

/** All listeners share one connection; it closes with the last of them. */
function follow(key: Key, listener: Listener): () => void {
  listeners.add(listener);
  if (connection === undefined) {
    connection = new AbortController();
    void keepFollowing(key, connection.signal);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    connection?.abort();
    connection = undefined;
  };
}

const PAUSE_MS = 2_000;

async function keepFollowing(key: Key, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await followOnce(key, signal).catch(() => undefined); // The server is away: another try will tell.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function followOnce(key: Key, signal: AbortSignal): Promise<void> {
  const call = { action: "FollowCalls", version: "console", body: "{}" };
  const { headers, bytes } = await prepareCall(call, key);
  const request = { method: "POST", headers, body: bytes, signal };
  const response = await fetch("/console/api/events", request);
  const isStream = response.headers.get("content-type") === "text/event-stream";
  if (!isStream || response.body === null) return;
  for await (const event of readEvents(response.body)) {
    for (const listener of listeners) listener(event as CallEvent);
  }
}
