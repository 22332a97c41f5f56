import assert from "node:assert/strict";
import test from "node:test";
import { publicOriginFrom } from "../../../src/http/public-origin.ts";

for (const [host, origin] of [
  ["127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["[::1]:80", "http://[::1]:80"],
  ["faces.example.com", "http://faces.example.com"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ['a"b/c', "http://localhost"],
  ["user@host", "http://localhost"],
  ["", "http://localhost"],
] as const) {
  test(`results of a call to host ${JSON.stringify(host)} are at ${origin}`, () => {
    assert.equal(publicOriginFrom(undefined, host), origin);
  });
}

test("a configured address wins over the Host header", () => {
  for (const configured of ["https://faces.example.com", "https://faces.example.com/"]) {
    assert.equal(publicOriginFrom(configured, "evil"), "https://faces.example.com");
  }
});
