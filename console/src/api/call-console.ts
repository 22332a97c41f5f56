import type { Answer } from "./call-api.ts";
import { callApi } from "./call-api.ts";
import type { Key } from "./sign-call.ts";

/** Calls one of the console's own actions. Throws as {@link callApi}. */
export function callConsole(
  action: string,
  parameters: object,
  key: Key,
  signal?: AbortSignal,
): Promise<Answer> {
  const body = JSON.stringify(parameters);
  return callApi({ action, version: "console", body, path: "/console/api/", signal }, key);
}
