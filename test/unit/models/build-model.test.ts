import assert from "node:assert/strict";
import test from "node:test";
import { isAppError } from "../../../src/base/app-error.ts";
import { buildModel } from "../../../src/models/build-model.ts";
import { catalogEntry } from "../../support/model-sources.ts";

const entry = catalogEntry("shortRangeDetector");
const other = "0".repeat(64);

function isUnavailable(text: RegExp): (error: unknown) => boolean {
  return (error) =>
    isAppError(error) && error.reason === "model-unavailable" && text.test(error.message);
}

test("refuses a package whose file has other bytes, and names both hashes", async () => {
  await assert.rejects(
    buildModel({ ...entry, source: { ...entry.source, sha256: other } }),
    isUnavailable(new RegExp(`short_range\\.tflite\\).*${entry.source.sha256}.*${other}`)),
  );
});

test("refuses a package that is not installed", async () => {
  await assert.rejects(
    buildModel({ ...entry, source: { ...entry.source, package: "no-such-package" } }),
    isUnavailable(/no-such-package.*installed\?/),
  );
});

test("refuses a conversion that is not what the catalog states", async () => {
  await assert.rejects(
    buildModel({ ...entry, sha256: other }),
    isUnavailable(new RegExp(`conversion has SHA-256 ${entry.sha256}`)),
  );
});
