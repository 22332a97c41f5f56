import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { isAppError } from "../../../src/base/app-error.ts";
import { nestParameters } from "../../../src/protocol/nest-parameters.ts";

const SCHEMA = z.strictObject({
  Text: z.string().optional(),
  Count: z.int().optional(),
  Strength: z.number().optional(),
  IsOn: z.boolean().optional(),
  Items: z
    .array(z.strictObject({ Url: z.string().optional(), Width: z.int().optional() }))
    .optional(),
  Inner: z.strictObject({ Strength: z.number().optional() }).optional(),
});

const nest = (pairs: Readonly<Record<string, string>>): unknown =>
  nestParameters(new Map(Object.entries(pairs)), SCHEMA);

test("texts become what the schema says", () => {
  assert.deepEqual(
    nest({
      Text: "1",
      Count: "-3",
      Strength: "0.25",
      IsOn: "true",
      "Items.0.Url": "http://a/?b=c",
      "Items.0.Width": "30",
      "Items.1.Url": "u",
      "Inner.Strength": "1e-1",
    }),
    {
      Text: "1",
      Count: -3,
      Strength: 0.25,
      IsOn: true,
      Items: [{ Url: "http://a/?b=c", Width: 30 }, { Url: "u" }],
      Inner: { Strength: 0.1 },
    },
  );
});

test("indices may come in any order", () => {
  assert.deepEqual(nest({ "Items.1.Url": "b", "Items.0.Url": "a" }), {
    Items: [{ Url: "a" }, { Url: "b" }],
  });
});

for (const [name, pairs, expected] of [
  ["a text that is no number", { Count: "3x" }, { Count: "3x" }],
  ["a hexadecimal number", { Count: "0x10" }, { Count: "0x10" }],
  ["an empty number", { Count: "" }, { Count: "" }],
  ["an unknown name", { "Foo.Bar": "1" }, { Foo: { Bar: "1" } }],
  ["indices with a gap", { "Items.0.Url": "a", "Items.2.Url": "b" }, undefined],
] as const) {
  test(`${name} is left for the check that follows`, () => {
    const wanted = expected ?? { Items: { "0": { Url: "a" }, "2": { Url: "b" } } };
    assert.deepEqual(nest(pairs as Readonly<Record<string, string>>), wanted);
  });
}

test("a name that is both a value and a branch is refused", () => {
  for (const pairs of [
    { Inner: "1", "Inner.Strength": "1" },
    { "Inner.Strength": "1", Inner: "1" },
  ] as Readonly<Record<string, string>>[]) {
    assert.throws(
      () => nest(pairs),
      (error) => isAppError(error) && error.reason === "unknown-parameter",
    );
  }
});

test("any names are nested or refused and never reach a prototype", () => {
  const step = fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "0",
    "Items",
    "",
    "toString",
  );
  const name = fc.array(step, { minLength: 1, maxLength: 12 }).map((steps) => steps.join("."));
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), (pairs) => {
      try {
        nest(pairs);
      } catch (error) {
        assert.ok(isAppError(error), String(error));
      }
      assert.equal(Object.keys(Object.prototype).length, 0);
    }),
  );
});
