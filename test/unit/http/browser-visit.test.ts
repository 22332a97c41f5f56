import assert from "node:assert/strict";
import test from "node:test";
import { isBrowserVisit } from "../../../src/http/browser-visit.ts";

const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

test("a browser that opens the address is a visit", () => {
  assert.ok(isBrowserVisit("/", HTML));
});

test("a call of the API is no visit, whatever it accepts", () => {
  assert.ok(!isBrowserVisit("/?Action=FuseFace", HTML));
  assert.ok(!isBrowserVisit("/", { ...HTML, authorization: "TC3-HMAC-SHA256 x" }));
  assert.ok(!isBrowserVisit("/", { ...HTML, "x-tc-action": "FuseFace" }));
  assert.ok(!isBrowserVisit("/", { accept: "application/json" }));
  assert.ok(!isBrowserVisit("/", {}));
});
