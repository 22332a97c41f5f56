import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { docFrom, docsIn } from "../../../../console/src/docs/documents.ts";
import { rankEntries } from "../../../../console/src/search/rank-entries.ts";
import type { SearchEntry } from "../../../../console/src/search/search-entry.ts";
import { entriesOf } from "../../../../console/src/search/search-entry.ts";
import { SETTINGS } from "../../../../src/config/settings.ts";
import { WIRE_ERRORS } from "../../../../src/protocol/error-codes.ts";
import { ROOT } from "../../../support/source-modules.ts";

const docs = globSync("docs/{*,zh/*}.md", { cwd: ROOT }).map((file) =>
  docFrom({
    id: path.basename(file, ".md"),
    language: file.includes("zh") ? "zh" : "en",
    text: readFileSync(path.join(ROOT, file), "utf8"),
  }),
);
const english = docsIn(docs, "en").flatMap(entriesOf);
const chinese = docsIn(docs, "zh").flatMap(entriesOf);

const first = (query: string, entries = english): SearchEntry | undefined =>
  rankEntries(entries, query)[0];

test("every action, error code and setting is there", () => {
  const titlesOf = (kind: SearchEntry["kind"]): Set<string> =>
    new Set(english.filter((entry) => entry.kind === kind).map(({ title }) => title));
  for (const name of ["FuseFaceUltra", "FuseFace", "DescribeMaterialList"]) {
    assert.ok(titlesOf("action").has(name), name);
  }
  for (const { code } of Object.values(WIRE_ERRORS)) assert.ok(titlesOf("error").has(code), code);
  for (const group of Object.values(SETTINGS)) {
    for (const { env } of Object.values(group)) {
      assert.ok(titlesOf("setting").has(env), env);
    }
  }
});

for (const [query, kind, title] of [
  ["FuseFaceUltra", "action", "FuseFaceUltra"],
  ["fusefaceultra", "action", "FuseFaceUltra"],
  ["warp", "parameter", "FusionUltraParam.WarpRadio"],
  ["SwapModelType", "parameter", "SwapModelType"],
  ["nofacedetected", "error", "FailedOperation.NoFaceDetected"],
  ["signature expire", "error", "AuthFailure.SignatureExpire"],
  ["FACELOOM_HTTP_PORT", "setting", "FACELOOM_HTTP_PORT"],
  ["http port", "setting", "FACELOOM_HTTP_PORT"],
  ["metadata metakey", "parameter", "FuseParam.ImageCodecParam.MetaData.N.MetaKey"],
] as const) {
  test(`"${query}" finds ${title} first`, () => {
    const entry = first(query);
    assert.deepEqual([entry?.kind, entry?.title], [kind, title]);
  });
}

test("Chinese words find what is written in Chinese, in either language of the page", () => {
  assert.equal(first("签名验证失败")?.title, "AuthFailure.SignatureFailure");
  assert.ok(rankEntries(chinese, "模板").length > 0);
});

test("all words must match, somewhere", () => {
  assert.deepEqual(rankEntries(english, "FuseFaceUltra zzzz"), []);
  assert.deepEqual(rankEntries(english, "   "), []);
});

test("letters with gaps find a title, and come after everything closer", () => {
  const entries = [
    { title: "FusionUltraParam.WarpRadio", text: "" },
    { title: "Other", text: "about wrd" },
  ].map(
    (entry): SearchEntry => ({ kind: "parameter", context: "", path: "/", query: {}, ...entry }),
  );
  assert.deepEqual(
    rankEntries(entries, "wrd").map(({ title }) => title),
    ["Other", "FusionUltraParam.WarpRadio"],
  );
});

test("an action opens in the Explorer; an entry of the documents leads to its row or its section", () => {
  const error = first("FailedOperation.NoFaceDetected");
  assert.deepEqual(error?.query, { page: "errors", at: "FailedOperation.NoFaceDetected" });
  const action = first("DescribeMaterialList");
  assert.equal(action?.path, "/explorer");
  assert.deepEqual(action?.query, { action: "DescribeMaterialList" });
  const section = rankEntries(english, "DescribeMaterialList")[1];
  assert.deepEqual(section?.query, { page: "api", at: "describemateriallist" });
});
