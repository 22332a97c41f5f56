import assert from "node:assert/strict";
import test from "node:test";
import { colorCode } from "../../../../console/src/samples/color-code.ts";
import { prepareCall } from "../../../../console/src/samples/sample-call.ts";
import { SAMPLE_LANGUAGES } from "../../../../console/src/samples/sample-languages.ts";

const call = prepareCall({
  origin: "http://127.0.0.1:8080",
  region: "ap-guangzhou",
  action: "FuseFaceUltra",
  version: "2022-09-27",
  parameters: {
    RspImgType: "url",
    ModelUrl: "https://e.com/a'b\"c#d//e",
    MergeInfos: [],
    FusionUltraParam: { WarpRadio: 0.5 },
  },
});

for (const language of SAMPLE_LANGUAGES) {
  test(`${language.name} loses nothing by its colours`, () => {
    const code = language.write(call);
    const pieces = colorCode(code, language.id);
    assert.equal(pieces.map(({ text }) => text).join(""), code);
    assert.ok(pieces.some(({ kind, text }) => kind === "text" && text.includes("ap-guangzhou")));
  });
}

test("what looks like a comment within a text is none", () => {
  const kinds = (code: string, id: string): string[] => colorCode(code, id).map((p) => p.kind);
  assert.deepEqual(kinds('"a // b" // c', "java"), ["text", "plain", "comment"]);
  assert.deepEqual(kinds("'a # b' # c", "ruby"), ["text", "plain", "comment"]);
  assert.deepEqual(kinds("#include <x>", "cpp"), ["plain"]);
  assert.deepEqual(kinds("f(1.5f, a2, 30L)", "java"), [
    "plain",
    "number",
    "plain",
    "number",
    "plain",
  ]);
});
