import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import test from "node:test";
import { derElement, derId, derTime } from "../../../../src/labels/credentials/der.ts";
import { createTestChain, TEST_KEY_TYPES } from "../../../../src/labels/credentials/test-chain.ts";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 4, 6, 7, 8, 9);

for (const keyType of TEST_KEY_TYPES) {
  test(`Node's own reader accepts a chain with a key of type ${keyType}`, () => {
    const made = createTestChain({ organisation: "Prüfung AG", nowMs: NOW_MS, keyType });
    const [signer, root] = made.chain
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .map((pem) => new X509Certificate(pem));
    assert.ok(signer && root);
    assert.equal(signer.subject, "O=Prüfung AG\nCN=Test signer");
    assert.ok(signer.checkIssued(root) && signer.verify(root.publicKey));
    assert.ok(root.verify(root.publicKey) && root.ca && !signer.ca);
    assert.ok(signer.checkPrivateKey(createPrivateKey(made.key)));
    assert.deepEqual(signer.keyUsage, ["1.3.6.1.5.5.7.3.4"]);
    assert.equal(Date.parse(signer.validFrom), NOW_MS - DAY_MS);
    assert.equal(Date.parse(signer.validTo), NOW_MS + 730 * DAY_MS);
    assert.equal(new X509Certificate(made.root).fingerprint256, root.fingerprint256);
  });
}

// Encodings worked out by hand from ITU-T X.690, 8.1.3 and 8.19.
test("lengths take the shortest form, identifiers base 128", () => {
  assert.equal(derId("1.2.840.10045.4.3.2").toString("hex"), "06082a8648ce3d040302");
  assert.equal(derElement("octets", new Uint8Array(127)).toString("hex", 0, 2), "047f");
  assert.equal(derElement("octets", new Uint8Array(128)).toString("hex", 0, 3), "048180");
  assert.equal(derElement("octets", new Uint8Array(300)).toString("hex", 0, 4), "0482012c");
  assert.equal(derTime(NOW_MS).toString("latin1", 2), "260506070809Z");
});
