import assert from "node:assert/strict";
import test from "node:test";
import { isCurlCommand, requestOfCurl } from "../../../../console/src/signature/curl-command.ts";
import { inspectRequest } from "../../../../console/src/signature/inspect-request.ts";
import { explainTc3 } from "../../../../src/protocol/tc3/sign-tc3.ts";

test("options in both spellings, quotes of all kinds and broken lines are read", () => {
  const text = requestOfCurl(
    `curl -sS -X POST 'http://127.0.0.1:8080/' \\\n  -H "X-A: a \\"b\\"" --header 'X-B: it'\\''s' -o out.json --data-raw $'{"a":"it\\'s"}'`,
  );
  assert.equal(
    text,
    [
      "POST / HTTP/1.1",
      "Host: 127.0.0.1:8080",
      "Content-Type: application/x-www-form-urlencoded",
      'X-A: a "b"',
      "X-B: it's",
      "",
      `{"a":"it's"}`,
    ].join("\n"),
  );
});

test("without data it is a GET with its query, and a Host header wins", () => {
  assert.equal(
    requestOfCurl(`curl "https://e.com?Action=X&B=1" -H 'Host: other'`),
    "GET /?Action=X&B=1 HTTP/1.1\nHost: other\n\n",
  );
});

test("only curl commands are taken for one", () => {
  assert.equal(isCurlCommand("  $ curl http://e.com"), true);
  assert.equal(isCurlCommand("POST / HTTP/1.1"), false);
  assert.equal(isCurlCommand("curly: header"), false);
});

test("a signed curl command is checked like the request that it sends", () => {
  const body = '{"RspImgType":"url","ModelUrl":"https://e.com/it\'s.jpg"}';
  const timestamp = 1_767_225_600;
  const { headers } = explainTc3({
    ...{ secretId: "AKIDx", secretKey: "key", host: "127.0.0.1:8080", action: "FuseFaceUltra" },
    ...{ version: "2022-09-27", region: "ap-guangzhou", body, timestamp },
  });
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const options = Object.entries(headers).map(
    ([name, value]) => `-H ${quoted(`${name}: ${value}`)}`,
  );
  const text = `curl http://127.0.0.1:8080/ ${options.join(" \\\n  ")} \\\n  -d ${quoted(body)}`;
  const inspection = inspectRequest({ text, secretKey: "key", nowMs: timestamp * 1000 });
  assert.equal(inspection.verdict, "accepted", JSON.stringify(inspection.findings));
});
