import { createStore } from "../state/store.ts";

/** Where the person is: the part of the address after `#`. */
export interface Place {
  /** `/playground`; `/` for the start page. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The current place. */
export const place = createStore<Place>(parsePlace(location.hash));

addEventListener("hashchange", () => place.set(parsePlace(location.hash)));

/** Reads a fragment such as `#/explorer?action=FuseFace`; anything unreadable is the start page. */
export function parsePlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?");
  return { path: /^\/[a-z/-]*$/.test(path) ? path : "/", query: new URLSearchParams(query) };
}

/** Returns the address of a page, for links. */
export function hrefOf(path: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#${path}${text === "" ? "" : `?${text}`}`;
}

/** Goes to a page. */
export function goTo(path: string, query: Readonly<Record<string, string>> = {}): void {
  location.hash = hrefOf(path, query);
}
