import { MATERIAL_STATES, type MaterialState } from "../../materials/materials.ts";
import { UsageError } from "../command-arguments.ts";

/** Reads a state from the command line. Throws a UsageError that lists all of them. */
export function materialStateFrom(text: string): MaterialState {
  const state = MATERIAL_STATES.find((known) => known === text);
  if (state === undefined) throw new UsageError(`--state is one of ${MATERIAL_STATES.join(", ")}.`);
  return state;
}
