import type { Answer, PreparedCall } from "../../api/call-api.ts";
import { createStore } from "../../state/store.ts";
import type { Path } from "./parameter-values.ts";
import { withValue } from "./parameter-values.ts";

/** What the person has filled in and what came of it. */
export interface Explored {
  readonly action: string;
  readonly region: string;
  /** Parameters by action. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly prepared: PreparedCall | undefined;
  readonly answer: Answer | undefined;
  readonly isLost: boolean;
  readonly isRunning: boolean;
}

/** Parameters that a form starts with. */
const FIRST_VALUES: Readonly<Record<string, unknown>> = {
  FuseFaceUltra: { RspImgType: "base64", MergeInfos: [{}] },
  FuseFace: { RspImgType: "base64", MergeInfos: [{}] },
  DescribeMaterialList: {},
};

/** The Explorer's state; it outlives a visit to another page. */
export const explored = createStore<Explored>({
  action: "FuseFaceUltra",
  region: "ap-guangzhou",
  values: FIRST_VALUES,
  prepared: undefined,
  answer: undefined,
  isLost: false,
  isRunning: false,
});

/** Returns the parameters of the action that is shown. */
export function shownValues({ action, values }: Pick<Explored, "action" | "values">): unknown {
  return values[action] ?? {};
}

/** Changes one parameter of the action that is shown; undefined takes it away. */
export function setParameter(path: Path, value: unknown): void {
  explored.set((now) => ({
    ...now,
    values: { ...now.values, [now.action]: withValue(shownValues(now), path, value) },
  }));
}

/** Shows another action. */
export function chooseAction(action: string): void {
  const nothing = { prepared: undefined, answer: undefined, isLost: false };
  explored.set((now) => ({ ...now, ...nothing, action }));
}
