import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { SourceModule } from "../support/source-modules.ts";
import { packageOf, ROOT, readModules, readPackage } from "../support/source-modules.ts";

/**
 * Which folder of src/ may import which. ARCHITECTURE.md prints the same table.
 * `x (types)` allows types only, `every config.ts` the settings of each folder, `everything` is for the edges.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  telemetry: ["base"],
  imaging: ["base"],
  labels: ["base", "imaging"],
  models: ["base"],
  inference: ["base", "imaging", "models"],
  faces: ["base", "imaging", "models", "inference"],
  fusion: ["base", "imaging", "labels", "models", "inference", "faces"],
  download: ["base", "telemetry"],
  moderation: ["base"],
  audit: ["base"],
  privacy: ["base"],
  storage: ["base", "telemetry", "imaging (types)"],
  materials: ["base", "imaging (types)"],
  accounts: ["base", "telemetry"],
  workers: ["base", "telemetry", "models", "imaging", "fusion"],
  jobs: [
    ...["base", "telemetry", "imaging", "labels", "fusion", "download", "moderation", "storage"],
    "workers",
  ],
  protocol: ["base"],
  actions: [
    ...["base", "telemetry", "protocol", "imaging", "labels (types)", "fusion", "materials"],
    ...["jobs", "accounts"],
  ],
  http: [
    "base",
    "telemetry",
    "imaging (types)",
    "protocol",
    "actions",
    "accounts",
    "storage",
    "audit",
    "privacy (types)",
  ],
  console: ["base", "telemetry", "jobs", "protocol", "actions", "http"],
  operations: ["base", "telemetry", "storage (types)", "workers (types)"],
  admin: [
    ...["base", "telemetry", "models (types)", "storage (types)", "materials", "accounts"],
    ...["workers (types)", "operations (types)", "console (types)", "audit"],
  ],
  config: ["base", "every config.ts"],
  cli: ["everything"],
};

/** Where each outside library may be imported, as beginnings of paths below src/. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  sharp: ["imaging/codec.ts"],
  "onnxruntime-node": ["inference/"],
  fastify: ["http/", "console/", "admin/"],
  pino: ["telemetry/"],
  "prom-client": ["telemetry/metrics.ts"],
  undici: ["download/"],
  "ipaddr.js": ["download/"],
  "@contentauth/c2pa-wasm": ["labels/credentials/"],
  yaml: ["config/"],
  // Schemas: the settings of every folder, the files an operator writes and the callers' parameters.
  zod: [""],
};

const modules = readModules("src");
const below = (module: SourceModule): string => module.file.slice("src/".length);
const folderOf = (file: string): string => file.split("/")[1] ?? "";

function mayImport(from: string, to: string, isTypeOnly: boolean): boolean {
  const folder = folderOf(from);
  if (folder === folderOf(to)) return true;
  const allowed = MAY_IMPORT[folder] ?? [];
  if (allowed.includes("everything") || allowed.includes(folderOf(to))) return true;
  if (isTypeOnly && allowed.includes(`${folderOf(to)} (types)`)) return true;
  return allowed.includes("every config.ts") && to.endsWith("/config.ts");
}

test("every folder of src/ has its line in the dependency table", () => {
  const folders = new Set(
    modules.filter((m) => below(m).includes("/")).map((m) => folderOf(m.file)),
  );
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in MAY_IMPORT)),
    [],
  );
});

test("every folder imports only what the dependency table allows", () => {
  const broken = modules
    .filter((module) => below(module).includes("/"))
    .flatMap((module) =>
      module.imports
        .filter((line) => line.file?.startsWith("src/"))
        .filter((line) => !mayImport(module.file, line.file!, line.isTypeOnly))
        .map((line) => `${module.file} imports ${line.file}`),
    );
  assert.deepEqual(broken, []);
});

test("src/ imports nothing of ours from outside src/ but models/catalog.json", () => {
  const broken = modules.flatMap((module) =>
    module.imports
      .filter((line) => line.file !== undefined && !line.file.startsWith("src/"))
      .filter((line) => line.file !== "models/catalog.json" && line.file !== "package.json")
      // Folders and files found by URL at run time are not code.
      .filter((line) => /\.[jt]s$/.test(line.file!) && !line.names.includes("*"))
      .map((line) => `${module.file} imports ${line.file}`),
  );
  assert.deepEqual(broken, []);
});

test("the dependency table may not be read in a circle", () => {
  const order = Object.keys(MAY_IMPORT);
  const upwards = order.flatMap((folder) =>
    (MAY_IMPORT[folder] ?? [])
      .map((entry) => entry.replace(" (types)", ""))
      .filter((entry) => order.includes(entry) && order.indexOf(entry) >= order.indexOf(folder))
      .map((entry) => `${folder} -> ${entry}`),
  );
  assert.deepEqual(upwards, []);
});

test("ARCHITECTURE.md prints the dependency table as it is", () => {
  const text = readFileSync(path.join(ROOT, "ARCHITECTURE.md"), "utf8");
  const printed = [...text.matchAll(/^\| `(\w+)\/` \| (.*?) \|/gm)].map(([, folder, list]) => [
    folder,
    list === "–" ? [] : list!.split(", ").map((entry) => entry.replaceAll("`", "")),
  ]);
  assert.deepEqual(Object.fromEntries(printed), MAY_IMPORT);
});

test("each outside library is imported in its one place", () => {
  const broken = modules.flatMap((module) =>
    module.imports.flatMap((line) => {
      const name = packageOf(line.specifier);
      if (name === undefined) return [];
      const places = MAY_USE[name] ?? [];
      return places.some((place) => below(module).startsWith(place))
        ? []
        : [`${module.file} imports ${name}`];
    }),
  );
  assert.deepEqual(broken, []);
});

test("src/ imports runtime dependencies and optional ones only, never those for development", () => {
  const { dependencies, peerDependencies } = readPackage();
  const broken = modules.flatMap((module) =>
    module.imports
      .map((line) => packageOf(line.specifier))
      .filter((name) => name !== undefined && !(name in { ...dependencies, ...peerDependencies }))
      .map((name) => `${module.file} imports ${name}`),
  );
  assert.deepEqual(broken, []);
});

/** Written for a library that looks nowhere else, never read. */
const TELEMETRY_OFF = 'process.env.ORT_DISABLE_TELEMETRY = "1"';

test("process.env is read in src/config only", () => {
  const readers = modules
    .filter(({ text }) =>
      /process\s*\.\s*env\b|env\s*}\s*=\s*process\b/.test(text.replace(TELEMETRY_OFF, "")),
    )
    .map(below);
  assert.deepEqual(
    readers.filter((file) => !file.startsWith("config/")),
    [],
  );
});

test("the console is written to in src/cli only", () => {
  const writers = modules
    .filter((module) => /\bconsole\.\w+\(|process\.std(out|err)\b/.test(module.text))
    .map(below);
  assert.deepEqual(
    writers.filter((file) => !file.startsWith("cli/") && file !== "main.ts"),
    [],
  );
});

test("no file of src/ is longer than 300 lines", () => {
  const long = modules
    .map((module) => ({ file: module.file, lines: module.text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > 300);
  assert.deepEqual(long, []);
});

test("no file of src/ imports itself by way of others", () => {
  const edges = new Map(
    modules.map((module) => [
      module.file,
      module.imports.flatMap((line) => (line.isTypeOnly ? [] : (line.file ?? []))),
    ]),
  );
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "open") cycles.push([...trail, file].join(" -> "));
    if (state.has(file)) return;
    state.set(file, "open");
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of edges.keys()) visit(file, []);
  assert.deepEqual(cycles, []);
});

test("no file of src/ only passes on the exports of others", () => {
  const barrels = modules
    .filter(
      (module) => module.imports.some((line) => line.isReExport) || /index\.ts$/.test(module.file),
    )
    .map((module) => module.file);
  assert.deepEqual(barrels, []);
});

test("folders of src/ are nouns of the domain, never kinds of code", () => {
  const kinds =
    /^(utils?|helpers?|types|interfaces|services|managers?|common|lib|core|shared|misc)$/;
  const broken = modules.filter((module) =>
    module.file.split("/").some((part) => kinds.test(part.replace(/\.ts$/, ""))),
  );
  assert.deepEqual(
    broken.map((module) => module.file),
    [],
  );
});
