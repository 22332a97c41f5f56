import type { Store } from "./store.ts";
import { createStore } from "./store.ts";

/**
 * Makes a store of a word that is kept in the browser. A browser that forbids storage, or holds something that
 * `isValid` refuses, starts with `initial`.
 */
export function createKeptStore<W extends string>(
  key: string,
  initial: W,
  isValid: (text: string) => text is W,
): Store<W> {
  const kept = read(key);
  const store = createStore<W>(kept !== null && isValid(kept) ? kept : initial);
  store.subscribe((value) => write(key, value));
  return store;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is switched off: the page works without a memory.
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
