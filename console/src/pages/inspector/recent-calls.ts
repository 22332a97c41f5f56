import { useCallback, useEffect, useState } from "preact/hooks";
import { callConsole } from "../../api/call-console.ts";
import { type CallEvent, useCallEvents } from "../../api/follow-calls.ts";
import type { RecentCall } from "../../api/recent-call.ts";
import { session } from "../../api/session.ts";
import { useStore } from "../../state/store.ts";

/** Rows that are shown; the server keeps as many. */
const MAX_SHOWN = 200;

/** The account's last calls, newest first: undefined while they load, `failed` when they cannot be had. */
export function useRecentCalls(isFollowing: boolean): readonly RecentCall[] | "failed" | undefined {
  const key = useStore(session);
  const [calls, setCalls] = useState<readonly RecentCall[] | "failed">();
  useEffect(() => {
    if (key === undefined || !isFollowing) return;
    callConsole("DescribeCalls", {}, key).then(
      ({ response }) => setCalls((response.Calls ?? []) as readonly RecentCall[]),
      () => setCalls("failed"),
    );
  }, [key, isFollowing]);
  const hear = useCallback(
    (event: CallEvent): void => {
      if (event.type === "call" && isFollowing) setCalls((now) => withCall(now, event.call));
    },
    [isFollowing],
  );
  useCallEvents(hear);
  return calls;
}

function withCall(
  now: readonly RecentCall[] | "failed" | undefined,
  call: RecentCall,
): readonly RecentCall[] {
  const known = Array.isArray(now) ? now : [];
  if (known.some(({ requestId }) => requestId === call.requestId)) return known;
  return [call, ...known].slice(0, MAX_SHOWN);
}

/** Tells whether a call has the words of a filter. */
export function fits(call: RecentCall, filter: string, failedOnly: boolean): boolean {
  if (failedOnly && call.code === undefined) return false;
  const { action, code, requestId, client, reason, secretId } = call;
  const text = [action, code, requestId, client, reason, secretId].join(" ").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
