import { useEffect, useState } from "preact/hooks";

/** A value that components may watch. */
export interface Store<T> {
  get(): T;
  /** Replaces the value, or changes it by a function of the old one. */
  set(next: T | ((current: T) => T)): void;
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void;
}

/** Makes a store. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      const changed = typeof next === "function" ? (next as (current: T) => T)(value) : next;
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Returns the store's value and renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [, render] = useState({});
  useEffect(() => store.subscribe(() => render({})), [store]);
  return store.get();
}
