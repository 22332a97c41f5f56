import type { ConfigOf, Settings } from "../../src/base/setting.ts";

/** Returns the values that apply when nothing is configured. */
export function defaultsOf<S extends Settings>(settings: S): ConfigOf<S> {
  const entries = Object.entries(settings).map(([name, one]) => [name, one.default]);
  return Object.fromEntries(entries) as ConfigOf<S>;
}
