import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { ROOT } from "../../support/source-modules.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";
import { testModels } from "../../support/test-models.ts";

const run = promisify(execFile);

test("the library that runs networks leaves nothing on the disk and has no telemetry", async () => {
  await using folder = await createTemporaryFolder();
  const home = path.join(folder.path, "home");
  await mkdir(home);
  const { shortRangeDetector } = await testModels();
  const script = path.join(folder.path, "open.ts");
  const session = path.join(ROOT, "src/inference/session.ts");
  await writeFile(
    script,
    `import { openNetwork } from ${JSON.stringify(session)};
     const network = await openNetwork(${JSON.stringify(shortRangeDetector)});
     await network[Symbol.asyncDispose]();`,
  );
  // Without CI, which would switch telemetry off as well.
  const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home };
  const { stderr } = await run(process.execPath, [script], { cwd: home, env });
  assert.doesNotMatch(stderr, /telemetry/i);
  assert.deepEqual(await readdir(home, { recursive: true }), []);
});
