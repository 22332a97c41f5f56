import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { docFrom, docsIn } from "../../../../console/src/docs/documents.ts";
import { parseInline, parseMarkdown, plainText } from "../../../../console/src/docs/markdown.ts";
import { ROOT } from "../../../support/source-modules.ts";

test("blocks are told apart, and end where the next begins", () => {
  const blocks = parseMarkdown(
    "# Title\nText over\ntwo lines\n- a\n  more\n- b\n1. c\n\n```json x\n# no heading\n```\n| A | B |\n|---|---|\n| `k` | v \\| w |\n",
  );
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    ["heading", "paragraph", "list", "code", "table"],
  );
  const [, paragraph, list, code, table] = blocks;
  assert.ok(paragraph?.kind === "paragraph" && list?.kind === "list");
  assert.equal(plainText(paragraph.line), "Text over two lines");
  assert.deepEqual(list.items.map(plainText), ["a more", "b", "c"]);
  assert.ok(code?.kind === "code" && table?.kind === "table");
  assert.deepEqual([code.language, code.text], ["json", "# no heading"]);
  assert.equal(table.rows[0]?.slug, "k");
  assert.equal(plainText(table.rows[0]!.cells[1]!), "v | w");
});

test("marks within a line become parts, and code keeps its marks", () => {
  assert.deepEqual(parseInline("a `b*c*` **d** [e `f`](g.md#h) *i* snake_case_word"), [
    { kind: "text", text: "a " },
    { kind: "code", text: "b*c*" },
    { kind: "text", text: " " },
    { kind: "strong", text: "d" },
    { kind: "text", text: " " },
    { kind: "link", text: "e f", target: "g.md#h" },
    { kind: "text", text: " " },
    { kind: "em", text: "i" },
    { kind: "text", text: " snake_case_word" },
  ]);
});

test("headings of the same words get anchors of their own", () => {
  const slugs = parseMarkdown("## A b: c\n## A b: c\n## 签名 v1").flatMap((block) =>
    block.kind === "heading" ? [block.slug] : [],
  );
  assert.deepEqual(slugs, ["a-b-c", "a-b-c-1", "签名-v1"]);
});

for (const file of globSync("docs/{*,zh/*}.md", { cwd: ROOT })) {
  test(`${file} loses no words and keeps no marks`, () => {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    const { title, blocks } = docFrom({ id: path.basename(file, ".md"), language: "en", text });
    assert.notEqual(title, "");
    const prose = blocks.flatMap((block) => {
      if (block.kind === "heading" || block.kind === "paragraph") return [block.line];
      if (block.kind === "list") return block.items;
      return block.kind === "table"
        ? [block.head, ...block.rows.map(({ cells }) => cells)].flat()
        : [];
    });
    for (const line of prose) {
      const plain = line.filter(({ kind }) => kind !== "code");
      assert.doesNotMatch(plainText(plain), /\]\(|\*\*|^#{1,6} |^\||```/);
    }
    const words = (all: string): string => all.replace(/[^\p{L}\p{N}]/gu, "");
    const code = blocks.flatMap((block) => (block.kind === "code" ? [block.text] : []));
    const shown = words([...prose.map(plainText), ...code].join(""));
    const targets = words(text.replace(/\]\([^)]*\)/g, "]"));
    // Numbers of lists and languages of fences are not words.
    assert.ok(shown.length > targets.length * 0.97, `${shown.length} of ${targets.length}`);
  });
}

test("a document that is translated comes once, in the language that is read", () => {
  const docs = [
    { id: "api", language: "en", text: "# API" },
    { id: "api", language: "zh", text: "# 接口" },
    { id: "errors", language: "en", text: "# Errors" },
  ] as const;
  const titles = (language: "en" | "zh"): string[] =>
    docsIn(docs.map(docFrom), language).map(({ title }) => title);
  assert.deepEqual(titles("en"), ["API", "Errors"]);
  assert.deepEqual(titles("zh"), ["接口", "Errors"]);
});
