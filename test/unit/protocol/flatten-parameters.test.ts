import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { flattenParameters, formText } from "../../../src/protocol/flatten-parameters.ts";
import { nestParameters } from "../../../src/protocol/nest-parameters.ts";
import { parseForm } from "../../../src/protocol/v1/form.ts";

test("parameters are spelled out as the official clients do", () => {
  const pairs = flattenParameters({
    RspImgType: "url",
    MergeInfos: [{ Url: "a" }, { Url: "b", InputImageFaceRect: { X: 0, Y: -1 } }],
    FusionUltraParam: { WarpRadio: 0.5, TeethEnhanceRadio: null },
    Empty: "",
    Nothing: [],
    IsOn: true,
  });
  assert.deepEqual(pairs, [
    ["RspImgType", "url"],
    ["MergeInfos.0.Url", "a"],
    ["MergeInfos.1.Url", "b"],
    ["MergeInfos.1.InputImageFaceRect.X", "0"],
    ["MergeInfos.1.InputImageFaceRect.Y", "-1"],
    ["FusionUltraParam.WarpRadio", "0.5"],
    ["Empty", ""],
    ["IsOn", "true"],
  ]);
});

test("a form leaves only unreserved characters as they are", () => {
  assert.equal(formText([["a.b", "x y+z/é!'()*~-_"]]), "a.b=x%20y%2Bz%2F%C3%A9%21%27%28%29%2A~-_");
  assert.equal(formText([]), "");
});

const SCHEMA = z.object({
  Text: z.string().optional(),
  Number: z.number().optional(),
  Switch: z.boolean().optional(),
  List: z.array(z.object({ Text: z.string(), Numbers: z.array(z.number()) })).optional(),
});

test("what is spelled out and sent as a form is read back", () => {
  const number = fc.oneof(fc.integer(), fc.constant(0.25), fc.constant(-1e-3));
  const text = fc.string({ unit: "grapheme" });
  const values = fc.record(
    {
      Text: text,
      Number: number,
      Switch: fc.boolean(),
      List: fc.array(
        fc.record(
          { Text: text, Numbers: fc.array(number, { minLength: 1, maxLength: 12 }) },
          { noNullPrototype: true },
        ),
        { minLength: 1, maxLength: 12 },
      ),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(values, (value) => {
      const form = formText(flattenParameters(value));
      assert.deepEqual(nestParameters(parseForm(form), SCHEMA), value);
    }),
  );
});
