import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { parseMarkdown } from "../../../../console/src/docs/markdown.ts";
import { helpOf } from "../../../../console/src/pages/explorer/parameter-help.ts";
import { createActions } from "../../../../src/actions/actions.ts";
import { plainSchema } from "../../../../src/protocol/parameter-schema.ts";
import { ROOT } from "../../../support/source-modules.ts";

/** The parts are not used by the schemas, which are all that is looked at. */
const actions = createActions({} as Parameters<typeof createActions>[0]);

for (const file of ["api.md", "zh/api.md"]) {
  test(`docs/${file} explains every parameter of every action's form`, () => {
    const blocks = parseMarkdown(readFileSync(path.join(ROOT, "docs", file), "utf8"));
    for (const { name, parameters } of actions) {
      const help = helpOf({ blocks }, name);
      const unexplained = Object.keys(parameters.shape).filter(
        (parameter) => plainSchema(parameters) !== undefined && !help.get(parameter)?.meaning,
      );
      assert.deepEqual(unexplained, [], name);
    }
  });
}
