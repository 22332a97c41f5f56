import assert from "node:assert/strict";
import test from "node:test";
import { nearestName } from "../../../src/config/nearest-name.ts";

test("the name with the fewest changed letters is nearest", () => {
  const names = ["HTTP_HOST", "HTTP_PORT", "DATA_DIR"];
  assert.equal(nearestName("HTTP_PROT", names), "HTTP_PORT");
  assert.equal(nearestName("DATADIR", names), "DATA_DIR");
});
