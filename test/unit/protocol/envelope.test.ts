import assert from "node:assert/strict";
import test from "node:test";
import { errorEnvelope, successEnvelope } from "../../../src/protocol/envelope.ts";

const ID = "00000000-0000-4000-8000-000000000000";
const text = (pieces: readonly Buffer[]): string => Buffer.concat(pieces).toString("utf8");

test("a success has its members before the RequestId and no blanks", () => {
  const pieces = successEnvelope({ FusedImage: Buffer.from("QUJD"), Count: 2, Url: 'a"b' }, ID);
  assert.equal(
    text(pieces),
    `{"Response":{"FusedImage":"QUJD","Count":2,"Url":"a\\"b","RequestId":"${ID}"}}`,
  );
});

test("a large text is passed on as the very Buffer it came in", () => {
  const base64 = Buffer.alloc(1000, "A");
  assert.ok(successEnvelope({ FusedImage: base64 }, ID).includes(base64));
});

test("a success without members is valid", () => {
  assert.deepEqual(JSON.parse(text(successEnvelope({}, ID))), { Response: { RequestId: ID } });
});

test("an error stands before the RequestId", () => {
  const pieces = errorEnvelope({ Code: "InternalError", Message: "中 `x`" }, ID);
  assert.equal(
    text(pieces),
    `{"Response":{"Error":{"Code":"InternalError","Message":"中 \`x\`"},"RequestId":"${ID}"}}`,
  );
});
