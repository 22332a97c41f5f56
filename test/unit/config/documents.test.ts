import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { renderConfiguration } from "../../../scripts/render-configuration.ts";

test("docs/configuration.md is what the settings make it", () => {
  const page = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
  assert.equal(page, renderConfiguration());
});
