import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { NO_BROWSER, startBrowser, visit } from "../../support/browser.ts";
import { openPage, signIn, visitSignedIn } from "../../support/console-visit.ts";
import { aGroupPhoto, aPortrait } from "../../support/portraits.ts";
import { startServer } from "../../support/running-server.ts";

/** A fusion on a busy machine. */
const PATIENCE = { timeout: 60_000 };

test("the playground", { skip: NO_BROWSER }, async (t) => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const folder = await mkdtemp(path.join(tmpdir(), "faceloom-playground-"));
  t.after(() => rm(folder, { recursive: true }));
  const group = await aGroupPhoto();
  const files = {
    group: path.join(folder, "group.png"),
    calm: path.join(folder, "calm.png"),
    leaning: path.join(folder, "leaning.png"),
    grey: path.join(folder, "grey.png"),
    text: path.join(folder, "text.png"),
    red: path.join(folder, "red.png"),
  };
  await writeFile(files.group, group.image);
  await writeFile(files.calm, await aPortrait("calm"));
  await writeFile(files.leaning, await aPortrait("leaning"));
  await writeFile(files.text, "this is no picture");
  const grey = { width: 200, height: 200, channels: 3, background: "#808080" } as const;
  await sharp({ create: grey }).png().toFile(files.grey);
  const red = { width: 120, height: 60, channels: 3, background: "#ff0000" } as const;
  await sharp({ create: red }).png().toFile(files.red);

  await t.test("a first visit leads from the start page to a fused picture", async () => {
    await using opened = await visit(browser, server.url);
    const { page } = opened;
    await signIn(page, server);
    await page.getByRole("main").getByRole("link", { name: "Playground" }).click();
    await page.getByRole("button", { name: "Two people" }).click();
    await page.getByRole("button", { name: "Face 1: left as it is" }).waitFor();
    await page.getByRole("button", { name: "Woman with long hair" }).click();
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor();
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    const result = await resultOf(page);
    const { width, height, format } = await sharp(result).metadata();
    assert.deepEqual([width, height, format], [1320, 960, "jpeg"]);
    await page.getByText("Blend into the picture").waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    assert.equal((await download).suggestedFilename(), "fused.jpg");
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("two people are mapped to two faces of a group, by click and by list", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByLabel("Drop the template here").last().setInputFiles(files.group);
    await page.getByText("3 faces").waitFor(PATIENCE);
    const drop = page.getByLabel("Drop photos of people here").last();
    await drop.setInputFiles([files.calm, files.leaning]);
    await page.getByRole("button", { name: "Face 2: Person 2" }).waitFor(PATIENCE);
    // Person 1 goes to the third face by a click, person 2 to the first by the list.
    await page.getByRole("button", { name: "Pick its place in the template: Person 1" }).click();
    await page.getByText("Now choose a face of the template.").waitFor();
    await page.getByRole("button", { name: "Face 3: left as it is" }).click();
    await page.getByLabel("Person 2 goes to").selectOption({ label: "→ Face 1" });
    await page.getByRole("button", { name: "Face 2: left as it is" }).waitFor();
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    const changed = await changesIn(await resultOf(page), group.image, group.boxes);
    // Largest to smallest are the smiling, the serious and the laughing face; from left to right as below.
    const sent = await sentMerges(page);
    assert.equal(sent.length, 2);
    const isFused = group.boxes.map((box) => sent.some((rect) => overlaps(rect, box)));
    assert.equal(isFused.filter(Boolean).length, 2);
    for (const [i, change] of changed.entries()) {
      if (isFused[i]) assert.ok(change > 4, `face ${i} should have changed: ${change}`);
      else assert.ok(change < 2, `face ${i} should be as it was: ${change}`);
    }
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("what cannot be used is told, and what is missing as well", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByText("Choose a template first.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Fuse" }).isDisabled());
    await page.getByLabel("Drop the template here").last().setInputFiles(files.grey);
    await page.getByText("No usable face was found.").waitFor(PATIENCE);
    await page.getByText("Add a person with a face of the template.").waitFor();
    const drop = page.getByLabel("Drop photos of people here").last();
    await drop.setInputFiles({
      name: "notes.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("x"),
    });
    await page.getByRole("alert").getByText("no picture that a browser can read").waitFor();
    await drop.setInputFiles(files.text);
    await page.getByText("FailedOperation.ImageDecodeFailed").waitFor();
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("an error of the server is shown with its meaning", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByLabel("Drop the template here").last().setInputFiles(files.group);
    await page.getByText("3 faces").waitFor(PATIENCE);
    // Without a face of its own the photo still takes part; the server then says what is wrong.
    await page.getByLabel("Drop photos of people here").last().setInputFiles(files.grey);
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Fuse" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("FailedOperation.NoFaceDetected").waitFor(PATIENCE);
    await alert.getByText("When this happens").waitFor();
    await alert.getByRole("link", { name: "All about this code" }).click();
    await page.getByRole("heading", { level: 1, name: "Errors" }).waitFor();
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("values are compared side by side and taken over on a click", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByRole("button", { name: "Woman with a bun" }).click();
    await page.getByRole("button", { name: "Man with heavy brows" }).click();
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "All model types" }).click();
    await page.getByRole("button", { name: "Use Model type 6" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Use Model type 4" }).click();
    assert.ok(await page.getByRole("radio", { name: "4 · Alike" }).isChecked());
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("a picture of the person's own becomes the label, where it was put", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByRole("button", { name: "Woman with a bun" }).click();
    await page.getByRole("button", { name: "Woman with long hair" }).click();
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor(PATIENCE);
    await page.getByLabel("Visible label").selectOption({ label: "A picture of yours" });
    await page.getByLabel("Picture of the label").setInputFiles(files.red);
    await page.getByLabel("Place of the label").selectOption({ label: "Upper left" });
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    const rect = { left: 30, top: 30, width: 50, height: 20 };
    const { channels } = await sharp(
      await sharp(await resultOf(page))
        .extract(rect)
        .toBuffer(),
    ).stats();
    assert.ok(channels[0]!.mean > 200 && channels[1]!.mean < 60, "the upper left is red");
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("a running call can be stopped, and the next one works", async () => {
    await using opened = await visitSignedIn(browser, server);
    const { page } = opened;
    await openPage(page, "Playground");
    await page.getByRole("button", { name: "Two people" }).click();
    await page.getByRole("button", { name: "Woman with long hair" }).click();
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("alert").getByText("No answer came.").waitFor();
    await page.getByRole("button", { name: "Fuse" }).click();
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    assert.deepEqual(opened.troubles, []);
  });

  await t.test("the keyboard alone is enough", async () => {
    await using opened = await visit(browser, `${server.url}/console/#/playground`);
    const { page } = opened;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await reach(page, "SecretId");
    await page.keyboard.type(server.secretId);
    await page.keyboard.press("Tab");
    await page.keyboard.type(server.secretKey);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Woman with a bun" }).waitFor();
    await reach(page, "Woman with a bun");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Face 1: left as it is" }).waitFor(PATIENCE);
    await reach(page, "Woman with long hair");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Face 1: Person 1" }).waitFor(PATIENCE);
    await reach(page, "Face shape");
    await page.keyboard.press("End");
    await reach(page, "Fuse");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Result" }).waitFor(PATIENCE);
    await reach(page, "Move between before and after");
    await page.keyboard.press("Home");
    assert.equal(await page.getByRole("slider", { name: "Move between" }).inputValue(), "0");
    assert.deepEqual(opened.troubles, []);
  });
});

/** The fused picture that the page shows. */
async function resultOf(page: Page): Promise<Buffer> {
  const address = await page.getByRole("img", { name: "Fused" }).getAttribute("src");
  return Buffer.from(address!.split(",")[1]!, "base64");
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rectangles of the template that the page sent, from what it shows of its request. */
async function sentMerges(page: Page): Promise<readonly Place[]> {
  await page.getByText("Request", { exact: true }).click();
  const text = await page.locator("pre").filter({ hasText: "ModelImage" }).first().innerText();
  const { MergeInfos } = JSON.parse(text);
  return MergeInfos.map(
    ({ TemplateFaceRect: r }: { TemplateFaceRect: Record<string, number> }) => ({
      ...{ x: r.X, y: r.Y, width: r.Width, height: r.Height },
    }),
  );
}

function overlaps(a: Place, b: Place): boolean {
  const middle = { x: b.x + b.width / 2, y: b.y + b.height / 2 };
  const isInside = (at: number, from: number, length: number): boolean =>
    at > from && at < from + length;
  return isInside(middle.x, a.x, a.width) && isInside(middle.y, a.y, a.height);
}

/** Mean difference of the channels within each place, 0..255. */
async function changesIn(a: Buffer, b: Buffer, places: readonly Place[]): Promise<number[]> {
  return await Promise.all(
    places.map(async ({ x, y, width, height }) => {
      const rect = {
        left: Math.round(x),
        top: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
      };
      const [one, two] = await Promise.all(
        [a, b].map((picture) => sharp(picture).removeAlpha().extract(rect).raw().toBuffer()),
      );
      const sum = one!.reduce((total, value, i) => total + Math.abs(value - two![i]!), 0);
      return sum / one!.length;
    }),
  );
}

/** Presses Tab until the focus is on what has this name, from wherever it is. */
async function reach(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    const snapshot = await focused.ariaSnapshot();
    if (snapshot.includes(name)) return;
  }
  assert.fail(`The keyboard does not reach ${name}.`);
}
