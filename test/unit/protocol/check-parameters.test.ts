import assert from "node:assert/strict";
import test from "node:test";
import { z } from "zod";
import { checkParameters } from "../../../src/protocol/check-parameters.ts";
import { toWireError } from "../../../src/protocol/error-codes.ts";

const SCHEMA = z.strictObject({
  Name: z.string(),
  Items: z.array(z.strictObject({ Url: z.string().optional(), Width: z.int().optional() })),
  Strength: z.number().optional(),
  Inner: z.strictObject({ Needed: z.int() }).optional(),
});

const VALID = { Name: "a", Items: [{ Url: "u", Width: 1 }], Strength: 0.5, Inner: { Needed: 1 } };

function toldOf(raw: unknown): string {
  try {
    checkParameters(SCHEMA, raw);
    return "accepted";
  } catch (error) {
    const { Code, Message } = toWireError(error, "en-US");
    return `${Code}: ${Message}`;
  }
}

const wrongType = (path: string, type: string): string =>
  `InvalidParameter: The value type of parameter \`${path}\` is not valid, input type should be \`${type}\``;
const missing = (name: string): string =>
  `MissingParameter: The request is missing a required parameter \`${name}\`.`;
const unknown = (path: string): string =>
  `UnknownParameter: The parameter \`${path}\` is not recognized.`;

const CASES: readonly (readonly [name: string, raw: unknown, told: string])[] = [
  ["all that is known", VALID, "accepted"],
  ["nulls for what may be absent", { ...VALID, Strength: null, Inner: null }, "accepted"],
  ["a null for what must be there", { ...VALID, Name: null }, missing("Name")],
  ["nothing", {}, missing("Name")],
  ["a number for a string", { ...VALID, Name: 1 }, wrongType("Name", "string")],
  ["a string for a number", { ...VALID, Strength: "0.5" }, wrongType("Strength", "float")],
  ["an infinite number", { ...VALID, Strength: Infinity }, wrongType("Strength", "float")],
  [
    "a fraction for an integer",
    { ...VALID, Items: [{ Width: 1.5 }] },
    wrongType("Items.0.Width", "integer"),
  ],
  [
    "an integer beyond exactness",
    { ...VALID, Items: [{}, { Width: 2 ** 53 }] },
    wrongType("Items.1.Width", "integer"),
  ],
  ["an object for an array", { ...VALID, Items: {} }, wrongType("Items", "array")],
  ["a null among the elements", { ...VALID, Items: [null] }, wrongType("Items.0", "object")],
  ["an array for an object", { ...VALID, Inner: [] }, wrongType("Inner", "object")],
  ["an unknown name", { ...VALID, Foo: 1 }, unknown("Foo")],
  ["another case", { ...VALID, name: "a" }, unknown("name")],
  ["an unknown name deeper down", { ...VALID, Items: [{ X: 1 }] }, unknown("Items.0.X")],
  ["an unknown name and a wrong type", { Foo: 1, Name: 1, Items: [] }, unknown("Foo")],
  ["a wrong type and a missing name", { Name: 1 }, wrongType("Name", "string")],
  ["a missing name deeper down", { ...VALID, Inner: {} }, missing("Needed")],
  ["a prototype's name", JSON.parse('{"__proto__":{"Name":"a"}}'), unknown("__proto__")],
  [
    "a prototype's name deeper down",
    JSON.parse('{"Name":"a","Items":[{"__proto__":{"Url":"x"}}]}'),
    unknown("Items.0.__proto__"),
  ],
  ["an inherited name", { ...VALID, toString: 1, hasOwnProperty: 2 }, unknown("toString")],
  ["a name that would break a log line", { "a`\r\n<b>": 1 }, unknown("a????b?")],
  ["a name of 64 KB", { ["n".repeat(65_536)]: 1 }, unknown(`${"n".repeat(64)}...`)],
  ["a text", "x", "InvalidParameter: Incorrect parameter: The body is not a JSON object."],
  ["an array", [], "InvalidParameter: Incorrect parameter: The body is not a JSON object."],
  ["a null", null, "InvalidParameter: Incorrect parameter: The body is not a JSON object."],
];

for (const [name, raw, told] of CASES) {
  test(`parameters with ${name} are answered with the gateway's sentence`, () => {
    assert.equal(toldOf(raw), told);
  });
}

test("nothing that is parsed reaches the prototype of objects", () => {
  toldOf(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'));
  assert.equal("polluted" in {}, false);
});
