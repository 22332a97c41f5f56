import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/source-modules.ts";

/** A folder of the test data that lives beside the checkout; fails with a sentence when it is not there. */
export function sharedData(name: "faces" | "odd"): string {
  const folder = path.resolve(ROOT, "../shared/data", name);
  assert.ok(
    existsSync(path.join(folder, "manifest.json")),
    `${folder} is missing: these tests need the test data in ../shared/data beside the checkout.`,
  );
  return folder;
}
