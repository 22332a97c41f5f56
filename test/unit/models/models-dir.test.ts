import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { modelsDirOf } from "../../../src/models/models-dir.ts";

test("models are kept in the data folder unless a folder of their own is set", () => {
  assert.equal(
    modelsDirOf({ models: { folder: undefined }, dataDir: "/data" }),
    path.join("/data", "models"),
  );
  assert.equal(modelsDirOf({ models: { folder: "/opt/models" }, dataDir: "/data" }), "/opt/models");
});
