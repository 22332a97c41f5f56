import { createStore } from "../state/store.ts";
import type { Key } from "./sign-call.ts";

const KEPT_AS = "faceloom.key";

/** The key that signs the page's calls; undefined before the person has signed in. */
export const session = createStore<Key | undefined>(readKept());

/** Uses a key until the tab closes: it is kept in the tab's own storage and is never sent. */
export function signIn(key: Key): void {
  session.set(key);
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(key));
  } catch {
    // Without storage the key lasts until the page is reloaded.
  }
}

/** Forgets the key. */
export function signOut(): void {
  session.set(undefined);
  try {
    sessionStorage.removeItem(KEPT_AS);
  } catch {
    // Nothing was kept.
  }
}

function readKept(): Key | undefined {
  try {
    const text = sessionStorage.getItem(KEPT_AS);
    return text === null ? undefined : (JSON.parse(text) as Key);
  } catch {
    return undefined; // No storage, or not written by us.
  }
}
