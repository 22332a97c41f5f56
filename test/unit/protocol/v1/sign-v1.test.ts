import assert from "node:assert/strict";
import test from "node:test";
import { parseForm } from "../../../../src/protocol/v1/form.ts";
import { explainV1, type V1Call } from "../../../../src/protocol/v1/sign-v1.ts";
import { verifyV1 } from "../../../../src/protocol/v1/verify-v1.ts";

const CALL: V1Call = {
  secretId: "AKIDx",
  secretKey: "key",
  method: "GET",
  host: "example.com:8080",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  region: "ap-guangzhou",
  timestamp: 1_700_000_000,
  nonce: 11886,
  hash: "HmacSHA1",
  parameters: [["MergeInfos.0.Url", "http://example.com/?a=1&b=%20 +中"]],
};

test("the text that is signed has the names in order and the values as they are", () => {
  const { stringToSign } = explainV1({ ...CALL, token: "t", language: "zh-CN" });
  assert.equal(
    stringToSign,
    "GETexample.com:8080/?Action=FuseFaceUltra&Language=zh-CN&MergeInfos.0.Url=http://example.com/?a=1&b=%20 +中&Nonce=11886&Region=ap-guangzhou&SecretId=AKIDx&SignatureMethod=HmacSHA1&Timestamp=1700000000&Token=t&Version=2022-09-27",
  );
});

for (const hash of ["HmacSHA1", "HmacSHA256"] as const) {
  for (const method of ["GET", "POST"] as const) {
    test(`what is signed by ${hash} for a ${method} is verified from its form`, () => {
      const { form, signature } = explainV1({ ...CALL, hash, method });
      const headers = new Map([["host", CALL.host]]);
      const pairs = parseForm(form);
      assert.equal(verifyV1({ method, headers, pairs }, CALL.secretKey), signature);
      assert.throws(() => verifyV1({ method, headers, pairs }, "other"), {
        reason: "signature-mismatch",
      });
    });
  }
}
