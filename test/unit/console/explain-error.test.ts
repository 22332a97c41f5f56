import assert from "node:assert/strict";
import test from "node:test";
import { explainError } from "../../../console/src/parts/explain-error.ts";
import { BUSINESS_ERRORS } from "../../../src/protocol/business-errors.ts";
import { GATEWAY_ERRORS } from "../../../src/protocol/gateway-errors.ts";
import type { WireError } from "../../../src/protocol/wire-error.ts";

const ALL: readonly WireError[] = Object.values({ ...GATEWAY_ERRORS, ...BUSINESS_ERRORS });

test("every error of the server is explained, in the language it comes in", () => {
  for (const { code, en, zh, cause } of ALL) {
    for (const text of [en, zh]) {
      const message = text.replaceAll(/\{\w+\}/g, "something");
      const causes = explainError({ code, message }).map((one) => one.cause);
      assert.ok(causes.includes(cause.replaceAll("`", "")), `${code}: ${message}`);
    }
  }
});

test("an unknown text of a known code has all of the code's causes, an unknown code none", () => {
  const { code } = BUSINESS_ERRORS["field-value-invalid"];
  const sharing = ALL.filter((error) => error.code === code).length;
  assert.equal(explainError({ code, message: "?" }).length, sharing);
  assert.deepEqual(explainError({ code: "Nonsense", message: "" }), []);
});
