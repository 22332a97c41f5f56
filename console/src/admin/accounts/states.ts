import type { AccountState } from "../admin-answers.ts";

/** Every state of an account, in the order of a choice. */
export const STATES: readonly AccountState[] = [
  "active",
  "opening",
  "arrears",
  "frozen",
  "stopped",
  "recovered",
  "not-activated",
];

/** The actions that rates and permissions are set for. */
export const ACTIONS = ["FuseFaceUltra", "FuseFace", "DescribeMaterialList"] as const;
