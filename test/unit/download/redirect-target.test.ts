import assert from "node:assert/strict";
import test from "node:test";
import { parseImageUrl } from "../../../src/download/image-url.ts";
import { redirectTarget } from "../../../src/download/redirect-target.ts";

const FOLLOWED: readonly (readonly [string, string, string])[] = [
  ["http://a.example/x/y", "z", "http://a.example/x/z"],
  ["http://a.example/x/y", "/z?q", "http://a.example/z?q"],
  ["http://a.example/", "//b.example/z", "http://b.example/z"],
  ["http://a.example/", "https://a.example/", "https://a.example/"],
  ["https://a.example/", "https://b.example/", "https://b.example/"],
];

for (const [from, location, to] of FOLLOWED) {
  test(`${from} redirects by "${location}" to ${to}`, () => {
    assert.equal(redirectTarget(parseImageUrl(from), location).url.href, to);
  });
}

const REFUSED = [
  "http://a.example/",
  "//u@b.example/",
  "file:///etc/passwd",
  "ftp://b.example/",
  "data:,x",
  "https://localhost/",
  "https://b/",
  "https://b.example:0/",
  "http://[",
  `/${"a".repeat(3000)}`,
];

for (const location of REFUSED) {
  test(`a redirect from https to "${location.slice(0, 30)}" is a failed download`, () => {
    const from = parseImageUrl("https://a.example/");
    assert.throws(() => redirectTarget(from, location), { reason: "download-failed" });
  });
}
