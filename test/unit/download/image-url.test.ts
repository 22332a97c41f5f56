import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseImageUrl } from "../../../src/download/image-url.ts";

const ILLEGAL = [
  "",
  "example.com/a.jpg",
  "//example.com/a.jpg",
  "/a.jpg",
  "http:",
  "http://",
  "http:///",
  "http:example.com",
  "http:127.0.0.1",
  "file:///etc/passwd",
  "ftp://example.com/a",
  "gopher://example.com",
  "data:image/png;base64,AA",
  "blob:http://example.com/1",
  "jar:http://example.com!/",
  "javascript:alert(1)",
  "http://u@example.com/",
  "http://u:p@example.com/",
  "http://:p@example.com/",
  "http://example.com:0/",
  "http://example.com:99999/",
  "http://example.com:-1/",
  "http://example.com\\@127.0.0.1/",
  "http://exa mple.com/",
  " http://example.com/",
  "http://example.com/\r\nHost: x",
  "http://exam\tple.com/",
  "http://example.com/\u0000",
  "http://[::1/",
  "http://%00.com/",
  "http://a%0d%0ab.com/",
  "http://256.256.256.256/",
  `http://example.com/${"a".repeat(2048)}`,
];

for (const url of ILLEGAL) {
  test(`"${JSON.stringify(url).slice(1, 60)}" is an illegal URL`, () => {
    assert.throws(() => parseImageUrl(url), { reason: "url-illegal" });
  });
}

const PRIVATE_NAMES = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
  "metadata",
  "metadata.google.internal",
  "printer.local",
  "kubernetes",
  "example.com.",
  "a..com",
];

for (const name of PRIVATE_NAMES) {
  test(`the name ${name} is refused before DNS is asked`, () => {
    assert.throws(() => parseImageUrl(`http://${name}/a.jpg`), { reason: "download-failed" });
  });
}

const LITERALS: readonly (readonly [string, string])[] = [
  ["127.0.0.1", "127.0.0.1"],
  ["127.1", "127.0.0.1"],
  ["0x7f.1", "127.0.0.1"],
  ["0177.0.0.1", "127.0.0.1"],
  ["2130706433", "127.0.0.1"],
  ["0", "0.0.0.0"],
  ["①②⑦.⓪.⓪.①", "127.0.0.1"],
  ["127。0。0。1", "127.0.0.1"],
  ["127.0.0.1.", "127.0.0.1"],
  ["[::1]", "::1"],
  ["[::ffff:127.0.0.1]", "::ffff:7f00:1"],
  ["[0:0:0:0:0:0:0:1]", "::1"],
];

for (const [spelling, host] of LITERALS) {
  test(`${spelling} is seen as the literal ${host}`, () => {
    const parsed = parseImageUrl(`http://${spelling}/a.jpg`);
    assert.equal(parsed.host, host);
    assert.ok(parsed.isLiteral);
  });
}

test("ports 80 and 443 are the usual ones under both schemes", () => {
  for (const port of ["", ":80", ":443"]) {
    assert.ok(parseImageUrl(`http://example.com${port}/`).hasUsualPort);
    assert.ok(parseImageUrl(`https://example.com${port}/`).hasUsualPort);
  }
  assert.ok(!parseImageUrl("http://example.com:8080/").hasUsualPort);
  assert.ok(!parseImageUrl("http://example.com:22/").hasUsualPort);
});

test("a host stays what it is however the rest of the URL looks", () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
      const text = `https://Pictures.example.com${path || "/"}?${query}`;
      if (text.length > 2048) return;
      assert.equal(parseImageUrl(text).host, "pictures.example.com");
    }),
  );
});
