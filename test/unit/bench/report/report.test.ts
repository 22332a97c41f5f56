import assert from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { saveResult, saveSources } from "../../../../bench/report/face-pictures.ts";
import { reportData } from "../../../../bench/report/report-data.ts";
import { PICTURES, writeReport } from "../../../../bench/report/write-report.ts";
import { groupsOf } from "../../../../bench/scoreboard/groups.ts";
import { compareRuns } from "../../../../bench/scoreboard/paired-comparison.ts";
import type { PreparedPair } from "../../../../bench/scoreboard/run-pair.ts";
import type { Scoreboard } from "../../../../bench/scoreboard/scoreboard.ts";
import { type FaceRow, summarize } from "../../../../bench/scoreboard/summary.ts";
import type { Face } from "../../../../src/faces/face.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";
import { NO_BROWSER, seriousBarriers, startBrowser, visit } from "../../../support/browser.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

/** A picture of one colour, and a face of 80 px in its middle. */
function photo(rgb: readonly number[]) {
  const [width, height] = [200, 160];
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => rgb[i % 3]!);
  const picture: Picture = { width, height, data };
  const mesh = Float32Array.from({ length: 3 * 478 }, (_, i) =>
    i % 3 === 2 ? 0 : (i % 3 === 0 ? 60 : 40) + (i % 81),
  );
  return { picture, face: { mesh } as Face };
}

const PAIRS = [
  { id: "a", purpose: "easy", seam: 1, facePx: 80 },
  { id: "b", purpose: "easy", seam: 3, facePx: 80 },
  { id: "c", purpose: "hard </script> & <b>", seam: 2, facePx: 300 },
];

const rows = PAIRS.flatMap(({ id, purpose, seam, facePx }): FaceRow[] => {
  const row = { pair: id, purpose, facePx, merge: 0, isTonePair: false, isFoundAgain: true };
  return [
    { ...row, method: "classic", seam: 1.5 },
    { ...row, method: "faceloom", seam },
  ];
});
const before = rows.map((row) => (row.pair === "a" ? { ...row, seam: 0 } : row));

function scoreboard(): Scoreboard {
  const groups = groupsOf(rows);
  const methods = ["classic", "faceloom"];
  return {
    ...{ methods, groups, faces: rows, outcomes: [] },
    summaries: methods.flatMap((method) =>
      summarize(method, groups, { faces: rows, outcomes: [] }),
    ),
    comparisons: [{ name: "against before", differences: compareRuns(before, rows) }],
    faults: ["missed: seam is 2, wanted at most 1"],
    wishes: [{ name: "eye", limits: { atMost: 0.03 }, value: 0.05, isReached: false }],
  };
}

async function writeAll(folder: string): Promise<string> {
  const pictures = path.join(folder, PICTURES);
  await mkdir(pictures);
  for (const { id } of PAIRS) {
    const merges = [{ user: photo([200, 40, 40]), template: photo([40, 160, 40]) }];
    const prepared = { pair: { id }, merges } as unknown as PreparedPair;
    await saveSources(pictures, prepared);
    for (const method of ["classic", "faceloom"]) {
      await saveResult(pictures, prepared, { method, picture: photo([40, 40, 220]).picture });
    }
  }
  return writeReport(folder, reportData(scoreboard(), before, "Three pairs."));
}

test("the report of a scoreboard", { skip: NO_BROWSER }, async (t) => {
  await using folder = await createTemporaryFolder();
  const file = await writeAll(folder.path);
  const browser = await startBrowser();
  t.after(() => browser.close());
  await using light = await visit(browser, pathToFileURL(file).href);
  const { page, troubles } = light;
  const ids = (): Promise<(string | null)[]> =>
    page.locator(".face").evaluateAll((all) => all.map((one) => one.id));

  await t.test("lists every face with all its pictures, worst seam first", async () => {
    assert.deepEqual(await ids(), ["b-1", "c-1", "a-1"]);
    assert.deepEqual(await page.locator("#b-1 .view span").allTextContents(), [
      ...["user", "template", "classic", "faceloom"],
    ]);
    const names = await readdir(path.join(folder.path, PICTURES));
    for (const src of await page
      .locator("img")
      .evaluateAll((all) => all.map((one) => decodeURI(String(one.getAttribute("src")))))) {
      assert.ok(names.includes(path.basename(src)), src);
    }
    await page.waitForFunction("document.querySelector('#b-1 img').naturalWidth > 0");
  });

  await t.test("turns the order round and filters by purpose, size and name", async () => {
    await page.getByRole("button", { name: "best first" }).click();
    assert.deepEqual(await ids(), ["a-1", "c-1", "b-1"]);
    await page.getByLabel("purpose").selectOption("easy");
    assert.deepEqual(await ids(), ["a-1", "b-1"]);
    await page.getByLabel("purpose").selectOption("");
    await page.getByLabel("size").selectOption(">250 px");
    assert.deepEqual(await ids(), ["c-1"]);
    await page.getByLabel("size").selectOption("");
    await page.getByLabel("pair").fill("b");
    assert.deepEqual(await ids(), ["b-1"]);
    await page.getByLabel("pair").fill("");
    await page.getByRole("button", { name: "best first" }).click();
  });

  await t.test("orders faces by what changed since the earlier run", async () => {
    await page.getByLabel("figures of").selectOption("change");
    assert.equal((await ids())[0], "a-1");
    assert.match(await page.locator("#a-1 .sorted").innerText(), /seam\s*\+1\.000/);
    await page.getByLabel("figures of").selectOption("faceloom");
  });

  await t.test("sorts a table by any column", async () => {
    const firstCells = (): Promise<string[]> =>
      page.locator("#comparison-0 tbody td:first-child").allTextContents();
    const drawn = await firstCells();
    await page.locator("#comparison-0").getByRole("button", { name: "mean difference" }).click();
    const [first, ...others] = await firstCells();
    assert.equal(first, "seam");
    assert.deepEqual([first, ...others].sort(), drawn.toSorted());
  });

  await t.test("shows a face large and lays template and result over each other", async () => {
    await page.locator("#b-1 .view").last().click();
    const pictured = async (): Promise<string> => {
      await page.waitForFunction("document.querySelector('.room img')?.complete");
      return (await page.locator(".room img").getAttribute("src")) ?? "";
    };
    assert.equal(await pictured(), "pictures/b-1-faceloom.jpg");
    const place = await page.locator(".room img").boundingBox();
    await page.keyboard.press("Space");
    await page.waitForSelector('.room img[src="pictures/b-1-template.jpg"]');
    assert.deepEqual(await page.locator(".room img").boundingBox(), place);
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector('.room img[src="pictures/c-1-template.jpg"]');
    await page.keyboard.press("w");
    await page.waitForSelector('.room img[src="pictures/c-template-whole.jpg"]');
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog").isVisible(), false);
  });

  await t.test("tells missed targets, wishes and purposes as the texts they are", async () => {
    const text = await page.locator("body").innerText();
    assert.match(text, /missed: seam is 2/);
    assert.match(text, /1 of 1 wishes are not reached yet/);
    assert.match(text, /hard <\/script> & <b>/);
  });

  await t.test(
    "is read by everybody, in both colour schemes, and asks nothing of the network",
    async () => {
      assert.deepEqual(await seriousBarriers(page), []);
      await using dark = await visit(browser, pathToFileURL(file).href, { colorScheme: "dark" });
      assert.deepEqual(await seriousBarriers(dark.page), []);
      const outside = (list: readonly string[]): string[] =>
        list.filter((line) => !line.startsWith("request to file:"));
      assert.deepEqual([...outside(troubles), ...outside(dark.troubles)], []);
    },
  );
});
