import type { Answer } from "./call-api.ts";
import { callApi } from "./call-api.ts";
import type { Key } from "./sign-call.ts";

/** Tries of a call that comes too fast for the account's rate, and the pause between them: the rate is by second. */
const MAX_TRIES = 8;
const PAUSE_MS = 700;

/** Calls one of the console's own actions, again if the account's rate asks for it. Throws as {@link callApi}. */
export async function callConsole(
  action: string,
  parameters: object,
  key: Key,
  signal?: AbortSignal,
): Promise<Answer> {
  const body = JSON.stringify(parameters);
  const call = { action, version: "console", body, path: "/console/api/", signal };
  let answer = await callApi(call, key);
  for (let i = 1; i < MAX_TRIES && answer.error?.code === "RequestLimitExceeded"; i++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    answer = await callApi(call, key);
  }
  return answer;
}
