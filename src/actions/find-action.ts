import { AppError } from "../base/app-error.ts";
import { echo } from "../protocol/errors.ts";
import type { Action } from "./action.ts";

/** Picks an action; throws `version-unknown` before `action-unknown`, as the original does. */
export function findAction(actions: readonly Action[], version: string, name: string): Action {
  const ofVersion = actions.filter((action) => action.version === version);
  if (ofVersion.length === 0) {
    throw new AppError("version-unknown", "No action has this version.", {
      details: { version: echo(version) },
    });
  }
  const action = ofVersion.find((candidate) => candidate.name === name);
  if (action === undefined) {
    throw new AppError("action-unknown", "This version has no such action.", {
      details: { action: echo(name) },
    });
  }
  return action;
}
