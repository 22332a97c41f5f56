import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { BuildResult, Metafile } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const CONSOLE = path.join(ROOT, "console");
const OUTPUT = path.join(CONSOLE, "dist");
const CURRENT = path.join(OUTPUT, "current.json");

/** What both sites begin with. */
const PAGE = "index.html";

/** One of the two sites: the caller's console and the operator's pages, which are served on different listeners. */
interface Site {
  /** Its folder within the build. */
  readonly name: "console" | "admin";
  readonly code: string;
  /** Files of console/public that it needs. */
  readonly copied: string;
  readonly hasDocuments: boolean;
}

const SITES: readonly Site[] = [
  { name: "console", code: "src/main.tsx", copied: "**/*.*", hasDocuments: true },
  { name: "admin", code: "src/admin-main.tsx", copied: "icon.svg", hasDocuments: false },
];

/** What console/dist/current.json says. */
interface CurrentBuild {
  /** Folder of the build below console/dist. */
  readonly folder: string;
  /** Files it was made of, relative to the root. */
  readonly inputs: readonly string[];
  /** SHA-256 over the inputs' names and bytes, hex. */
  readonly digest: string;
}

/**
 * Builds the console's pages into console/dist when what they are made of has changed, and returns whether it did.
 * Several processes may do so at once: each writes a folder of its own and renames it. Throws what the bundler
 * throws.
 */
export async function ensureConsoleBuilt(): Promise<boolean> {
  const current = await readCurrent();
  if (current !== undefined && digestOf(current.inputs) === current.digest) return false;
  await mkdir(OUTPUT, { recursive: true });
  const draft = path.join(OUTPUT, `draft-${process.pid}-${Date.now()}`);
  const bundled = await Promise.all(SITES.map((site) => buildInto(draft, site)));
  const inputs = inputsOf(bundled);
  const digest = digestOf(inputs);
  const folder = digest.slice(0, 16);
  await moveInto(draft, path.join(OUTPUT, folder));
  const note = `${CURRENT}.${process.pid}`;
  await writeFile(note, JSON.stringify({ folder, inputs, digest } satisfies CurrentBuild));
  await rename(note, CURRENT);
  await removeOld(folder);
  return true;
}

async function readCurrent(): Promise<CurrentBuild | undefined> {
  if (!existsSync(CURRENT)) return undefined;
  const current: CurrentBuild = JSON.parse(await readFile(CURRENT, "utf8"));
  return existsSync(path.join(OUTPUT, current.folder)) ? current : undefined;
}

async function buildInto(draft: string, site: Site): Promise<Metafile> {
  const folder = path.join(draft, site.name);
  // Loaded on demand: where only runtime dependencies are installed the pages have been built before.
  const { build } = await import("esbuild");
  const { metafile } = (await build({
    absWorkingDir: CONSOLE,
    entryPoints: [site.code],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2024",
    // src/protocol/digests.ts is the only file of the server that the pages take with a need of Node.
    alias: { "node:crypto": "./src/api/node-crypto.ts" },
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    metafile: true,
    logLevel: "error",
  })) as BuildResult<{ metafile: true }>;
  const html = await readFile(path.join(CONSOLE, PAGE), "utf8");
  await writeFile(path.join(folder, PAGE), withOutputs(html, site.code, metafile));
  for (const file of globSync(site.copied, { cwd: path.join(CONSOLE, "public") })) {
    await cp(path.join(CONSOLE, "public", file), path.join(folder, file));
  }
  if (site.hasDocuments) {
    await writeFile(path.join(folder, "documents.json"), JSON.stringify(readDocuments()));
  }
  return metafile;
}

/** Puts the hashed names of an entry's script and style sheet into its page. */
function withOutputs(html: string, code: string, { outputs }: Metafile): string {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === code);
  if (found === undefined) throw new Error(`The bundler made nothing of ${code}.`);
  const [script, { cssBundle = "" }] = found;
  return html
    .replace("{{script}}", path.basename(script))
    .replace("{{style}}", path.basename(cssBundle));
}

/** The documents that the console shows and searches. */
const documentFiles = (): string[] => globSync("docs/{*,zh/*}.md", { cwd: ROOT }).sort();

/** Returns every document in its language; console/src/docs reads them. */
function readDocuments(): {
  readonly id: string;
  readonly language: string;
  readonly text: string;
}[] {
  return documentFiles().map((file) => ({
    id: path.basename(file, ".md"),
    language: path.basename(path.dirname(file)) === "zh" ? "zh" : "en",
    text: readFileSync(path.join(ROOT, file), "utf8"),
  }));
}

/** Everything that a change of would change the pages; packages are told by the lock file. */
function inputsOf(metafiles: readonly Metafile[]): string[] {
  const bundled = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .map((file) => path.relative(ROOT, path.join(CONSOLE, file)))
    .filter((file) => !file.split(path.sep).includes("node_modules"));
  const copied = globSync("console/public/**/*.*", { cwd: ROOT });
  const rest = [`console/${PAGE}`, "package-lock.json", "scripts/build-console.ts"];
  return [...new Set([...bundled, ...copied, ...documentFiles(), ...rest])].sort();
}

function digestOf(inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of inputs) {
    const full = path.join(ROOT, file);
    hash.update(`${file}\n`).update(existsSync(full) ? readFileSync(full) : "missing");
  }
  return hash.digest("hex");
}

/** Another process may have made the same folder meanwhile; its content is the same. */
async function moveInto(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** A server that starts at the same moment may still read the build before this one. */
const KEEP_MS = 3_600_000;

async function removeOld(current: string): Promise<void> {
  for (const name of await readdir(OUTPUT)) {
    const full = path.join(OUTPUT, name);
    const about = await stat(full).catch(() => undefined);
    if (about?.isDirectory() !== true || name === current) continue;
    if (Date.now() - about.mtimeMs > KEEP_MS) await rm(full, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const isNew = await ensureConsoleBuilt();
  console.log(isNew ? "The console was built." : "The console is up to date.");
}
