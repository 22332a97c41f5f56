import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { AFTER_FACES, BEFORE_FACES, PER_FACE } from "../../src/fusion/pipeline.ts";
import { ROOT, readModules } from "../support/source-modules.ts";

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const readme = read("README.md");
const chinese = read("README.zh-CN.md");

/** Every document that a reader of the repository may open. */
const documents = globSync(["*.md", "docs/**/*.md"], { cwd: ROOT });

function commandNames(): string[] {
  return globSync("src/cli/commands/*.ts", { cwd: ROOT }).map((file) => path.basename(file, ".ts"));
}

function codeBlocks(text: string): string[] {
  return [...text.matchAll(/^```[\s\S]*?^```/gm)].map(([block]) => block);
}

function headingLevels(text: string): string[] {
  const outside = text.replace(/^```[\s\S]*?^```/gm, "");
  return [...outside.matchAll(/^(#+) /gm)].map(([, marks]) => marks!);
}

test("README.md is at most 150 lines", () => {
  assert.ok(readme.trimEnd().split("\n").length <= 150);
});

test("README.md starts with the two commands", () => {
  const [first] = codeBlocks(readme);
  assert.match(first ?? "", /npm ci && npm start[\s\S]*npm ci && npm test/);
});

test("the Chinese README has the same outline and the same code as the English one", () => {
  assert.deepEqual(headingLevels(chinese), headingLevels(readme));
  assert.deepEqual(codeBlocks(chinese), codeBlocks(readme));
  const settings = (text: string): string[] => text.match(/`FACELOOM_\w+`/g) ?? [];
  assert.deepEqual(settings(chinese), settings(readme));
});

test("every command of the CLI is in README.md", () => {
  assert.deepEqual(
    commandNames().filter((name) => !readme.includes(`faceloom ${name}`) && name !== "command"),
    [],
  );
});

test("README.md names no command that the CLI does not have", () => {
  const named = [...readme.matchAll(/`faceloom ([a-z-]+)/g)].map(([, name]) => name!);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !commandNames().includes(name)),
    [],
  );
});

test("README.md names settings that exist", () => {
  const source = readModules("src")
    .map((module) => module.text)
    .join("\n");
  const named = readme.match(/FACELOOM_[A-Z_]*[A-Z]/g) ?? [];
  assert.deepEqual(
    named.filter((name) => !source.includes(name)),
    [],
  );
});

test("every link and every path in the documents leads to a file", () => {
  const broken = documents.flatMap((file) => {
    const text = read(file);
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to]) =>
      path.join(path.dirname(file), to!),
    );
    const paths = [
      ...text.matchAll(/`((?:src|test|bench|scripts|models|bin|docs)\/[\w./-]+\.\w+)`/g),
    ].map(([, to]) => to!);
    return [...links, ...paths]
      .filter((to) => !existsSync(path.join(ROOT, to)))
      .map((to) => `${file}: ${to}`);
  });
  assert.deepEqual(broken, []);
});

test("npm scripts that the documents name exist", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/npm run ([\w:-]+)/g)]
      .filter(([, name]) => !(name! in scripts))
      .map(([, name]) => `${file}: ${name}`),
  );
  assert.deepEqual(broken, []);
});

test("the documents carry no absolute path of a developer's machine and no promise without a place", () => {
  const forbidden = /\/(work|home|Users)\/\w|\bTODO\b|\bFIXME\b|\bTBD\b|lorem ipsum/i;
  assert.deepEqual(
    documents.filter((file) => forbidden.test(read(file))),
    [],
  );
});

test("docs/pipeline.md lists the steps of the pipeline in their order, with their sentences", () => {
  const steps = [...BEFORE_FACES, ...PER_FACE, ...AFTER_FACES];
  const listed = [...read("docs/pipeline.md").matchAll(/^\| \d+ \| `([a-z-]+)` \| (.*) \|$/gm)];
  assert.deepEqual(
    listed.map(([, name, sentence]) => [name, sentence]),
    steps.map((step) => [step.name, step.describe]),
  );
});

test("docs/models.md describes every model of the catalog", () => {
  const catalog = read("models/catalog.json");
  const text = read("docs/models.md");
  const roles = [...catalog.matchAll(/"role":\s*"([^"]+)"/g)].map(([, name]) => name!);
  assert.ok(roles.length > 0);
  assert.deepEqual(
    roles.filter((role) => !text.includes(`\`${role}\``)),
    [],
  );
});

test("decision records are numbered without a gap and at most 40 lines long", () => {
  const records = globSync("docs/adr/*.md", { cwd: ROOT }).sort();
  const numbers = records.map((file) => Number(path.basename(file).slice(0, 4)));
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => i + 1),
  );
  for (const file of records) {
    assert.ok(read(file).trimEnd().split("\n").length <= 40, `${file} is too long`);
    for (const heading of ["Context", "Decision", "Consequences", "What would change our mind"]) {
      assert.match(read(file), new RegExp(`^## ${heading}$`, "m"), `${file} lacks ${heading}`);
    }
  }
});
