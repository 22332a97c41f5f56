import { useEffect, useState } from "preact/hooks";
import { callConsole } from "../../api/call-console.ts";
import { session } from "../../api/session.ts";
import { useStore } from "../../state/store.ts";

/** Tells whether the server keeps the parameters of calls; false until it is known. */
export function useKeepsParameters(): boolean {
  const key = useStore(session);
  const [keeps, setKeeps] = useState(false);
  useEffect(() => {
    if (key === undefined) return;
    callConsole("DescribeConsole", {}, key).then(
      ({ response }) => setKeeps(response.KeepsParameters === true),
      () => setKeeps(false),
    );
  }, [key]);
  return keeps;
}

/** Fetches the parameters of a call; undefined when they are no longer kept. */
export async function fetchParameters(requestId: string): Promise<unknown> {
  const key = session.get();
  if (key === undefined) return undefined;
  const parameters = { RequestId: requestId };
  const { response, error } = await callConsole("DescribeCallParameters", parameters, key);
  return error === undefined ? JSON.parse(String(response.Parameters)) : undefined;
}
