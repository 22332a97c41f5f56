import assert from "node:assert/strict";
import test from "node:test";
import { USUAL_TERMS } from "../../../src/accounts/account.ts";
import { type ConsentRule, consentOf } from "../../../src/accounts/consent.ts";

function attested(consent: ConsentRule | undefined, header?: string): string | undefined {
  return consentOf({ ...USUAL_TERMS, id: "a", name: "shop", consent }, header);
}

const STANDING = {
  kind: "standing",
  reference: "contract-7",
  since: "2026-01-01T00:00:00Z",
} as const;

test("an account that need not attest anything may still do so", () => {
  assert.equal(attested(undefined), undefined);
  assert.equal(attested(undefined, "form/2026:77"), "call:form/2026:77");
  assert.equal(attested(undefined, "Ms Example agreed"), undefined);
});

test("a standing attestation holds for calls that bring none of their own", () => {
  assert.equal(attested(STANDING), "standing:contract-7");
  assert.equal(attested(STANDING, "form-9"), "call:form-9");
});

for (const header of [undefined, "", " ", "two words", "a, b", "x".repeat(129), "名字"]) {
  test(`an account that must attest every call is refused with ${JSON.stringify(header)}`, () => {
    assert.throws(() => attested({ kind: "per-call" }, header), { reason: "consent-missing" });
  });
}
