import { createStore } from "../../state/store.ts";

/** A call that another page wants to be shown in the Explorer. */
export interface HandedOver {
  readonly action: string;
  readonly parameters: unknown;
}

/** What the Explorer takes when it opens. */
export const handedOver = createStore<HandedOver | undefined>(undefined);

/** Prepares the Explorer to open with a call; going there is the caller's. */
export function handOver(action: string, parameters: unknown): void {
  handedOver.set({ action, parameters });
}
