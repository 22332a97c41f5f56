import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { z } from "zod";
import { parseMarkdown } from "../../../../console/src/docs/markdown.ts";
import type { Schema } from "../../../../console/src/pages/explorer/action-schema.ts";
import { helpOf } from "../../../../console/src/pages/explorer/parameter-help.ts";
import { createActions } from "../../../../src/actions/actions.ts";
import { ROOT } from "../../../support/source-modules.ts";

/** The parts are not used by the schemas, which are all that is looked at. */
const actions = createActions({} as Parameters<typeof createActions>[0]);

/** The members of rectangles are explained once for all of them. */
const RECTANGLE = /Rect$/;

/** Names of all parameters as the documents write them. */
function namesOf({ properties = {} }: Schema, before = ""): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const own = `${before}${name}`;
    if (RECTANGLE.test(name)) return [own];
    const below = schema.items === undefined ? schema : schema.items;
    const prefix = schema.items === undefined ? `${own}.` : `${own}.N.`;
    return [own, ...namesOf(below, prefix)];
  });
}

for (const file of ["api.md", "zh/api.md"]) {
  test(`docs/${file} explains every parameter of every action's form`, () => {
    const blocks = parseMarkdown(readFileSync(path.join(ROOT, "docs", file), "utf8"));
    for (const { name, parameters } of actions) {
      const help = helpOf({ blocks }, name);
      const names = namesOf(z.toJSONSchema(parameters) as Schema);
      assert.ok(names.length >= 4, name);
      assert.deepEqual(
        names.filter((parameter) => !help.get(parameter)?.meaning),
        [],
        name,
      );
    }
  });
}
