// Runs the test files of the named groups (default: all that need nothing but this checkout) with Node's own runner.
import "./require-node-24.js";
import { spawnSync } from "node:child_process";

const groups = process.argv.slice(2);
const folders =
  groups.length > 0 ? groups : ["unit", "golden", "conformance", "wire", "rules", "e2e"];
const patterns = folders.map((folder) => `test/${folder}/**/*.test.ts`);
const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...patterns], {
  stdio: "inherit",
  // Tests that run networks without the product's own code would have the library call home.
  env: { ...process.env, ORT_DISABLE_TELEMETRY: "1" },
});
process.exitCode = run.status ?? 1;
