import assert from "node:assert/strict";
import test from "node:test";
import { readExportedLiteral } from "../../../../src/models/layers/module-literal.ts";

/** A bundle as browserify and a minifier leave it. */
function bundle(literal: string): string {
  return `!function(e){e()}(function(){return({1:[function(e,a,n){a.exports=${literal}},{}]},{},[1])(1)});`;
}

for (const [literal, value] of [
  ['"QUJD"', "QUJD"],
  [
    '{a:!0,b:!1,c:null,"d-e":[1,-.5,.25,1e3,2e-4]}',
    { a: true, b: false, c: null, "d-e": [1, -0.5, 0.25, 1000, 0.0002] },
  ],
  ['{$x:"a:1,b:!0 \\"q\\" .5"}', { $x: 'a:1,b:!0 "q" .5' }],
  [
    "{v2:{min:-.87334511607301,scale:.006666756611244351}}",
    { v2: { min: -0.87334511607301, scale: 0.006666756611244351 } },
  ],
] as const) {
  test(`reads ${literal}`, () => {
    assert.deepEqual(readExportedLiteral(bundle(literal)), value);
  });
}

test("never runs what it reads", () => {
  assert.throws(() => readExportedLiteral(bundle("{a:process.exit(3)}")), SyntaxError);
  assert.throws(() => readExportedLiteral("module.exports = 1"), RangeError);
});
