import { randomInt } from "node:crypto";
import { materialInvalid } from "./errors.ts";

/** Ids of materials and activities: the original's begin with `mt_` and `at_`; own ones may be anything of this form. */
const ID = /^[\w-]{1,64}$/;

/** Makes an id in the original's form: `mt_` and 18 digits. */
export function createMaterialId(): string {
  const digits = Array.from({ length: 18 }, (_, i) => randomInt(i === 0 ? 1 : 0, 10));
  return `mt_${digits.join("")}`;
}

/** Throws `field-value-invalid` for what is no id. */
export function checkId(id: string, what: "material" | "activity"): void {
  if (ID.test(id)) return;
  throw materialInvalid(`The id of a ${what} has 1 to 64 letters, digits, _ and -.`);
}
