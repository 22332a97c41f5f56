import assert from "node:assert/strict";
import test from "node:test";
import { packageOf, parseModule } from "../support/source-modules.ts";

const parsed = parseModule(
  "src/storage/local-storage.ts",
  `import sharp from "sharp";
import "./side-effect.ts";
import type { Picture } from "../imaging/picture.ts";
import {
  type Rect,
  scale as enlarge,
} from "../imaging/affine.ts";
import { type Logger, type Level } from "../telemetry/logger.ts";
export { other } from "./other.ts";
// import { ghost } from "./ghost.ts";
const entry = new URL(\`./worker-entry\${extension}\`, import.meta.url);
const late = await import("node:sqlite");
export async function save(): Promise<void> {}
export interface Saved {}
export const LIMIT = 3;
export type { Inner };
`,
);

test("imports are found with the file, the names and whether they are types only", () => {
  assert.deepEqual(
    parsed.imports.map((line) => [line.file ?? line.specifier, line.names, line.isTypeOnly]),
    [
      ["sharp", ["default"], false],
      ["src/imaging/picture.ts", ["Picture"], true],
      ["src/imaging/affine.ts", ["Rect", "scale"], false],
      ["src/telemetry/logger.ts", ["Logger", "Level"], true],
      ["src/storage/other.ts", ["other"], false],
      ["src/storage/side-effect.ts", ["*"], false],
      ["node:sqlite", ["*"], false],
      ["src/storage/worker-entry.ts", ["*"], false],
    ],
  );
});

test("re-exports are told from imports", () => {
  assert.deepEqual(
    parsed.imports.filter((line) => line.isReExport).map((line) => line.file),
    ["src/storage/other.ts"],
  );
});

test("exports are found by name and kind", () => {
  assert.deepEqual(parsed.exports, [
    { name: "save", isType: false },
    { name: "Saved", isType: true },
    { name: "LIMIT", isType: false },
    { name: "Inner", isType: true },
  ]);
});

test("the package of an import is its name without the path", () => {
  assert.equal(packageOf("@mediapipe/face_mesh/face_mesh.js"), "@mediapipe/face_mesh");
  assert.equal(packageOf("opentype.js"), "opentype.js");
  assert.equal(packageOf("node:fs"), undefined);
  assert.equal(packageOf("./x.ts"), undefined);
});
