import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** The checkout's root folder. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** One import or re-export statement of a source file. */
export interface ImportLine {
  /** As written: `./picture.ts`, `sharp`, `node:fs`. */
  readonly specifier: string;
  /** The file it names, relative to the root, when it is one of ours. */
  readonly file?: string;
  /** True when nothing of it is left after types are stripped. */
  readonly isTypeOnly: boolean;
  /** Names taken (the exporter's spelling); `*` when all may be used. */
  readonly names: readonly string[];
  readonly isReExport: boolean;
}

/** One exported name of a source file. */
export interface ExportedName {
  readonly name: string;
  readonly isType: boolean;
}

/** What the rule tests need to know of a file. */
export interface SourceModule {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly ImportLine[];
  readonly exports: readonly ExportedName[];
}

/** Reads every TypeScript and JavaScript file below the named folders of the checkout. */
export function readModules(...folders: readonly string[]): SourceModule[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,js}`, { cwd: ROOT }))
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .map((file) => parseModule(file, readFileSync(path.join(ROOT, file), "utf8")));
}

/** Finds the import and export lines of a file; our formatter's output is regular enough for patterns. */
export function parseModule(file: string, text: string): SourceModule {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return { file, text, imports: [...findImports(file, code)], exports: [...findExports(code)] };
}

const FROM = /^(import|export)\s+(type\s+)?([\w*\s{},$]+?)\s+from\s+"([^"]+)"/gm;
const BARE = /^import\s+"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"/g;
/** Worker entries are named by URL: `new URL(`./worker-entry${extension}`, import.meta.url)`. */
const BY_URL = /new URL\(\s*["'`](\.[^"'`$]+)/g;

function* findImports(file: string, code: string): Generator<ImportLine> {
  for (const [, verb, type, clause, specifier] of code.matchAll(FROM)) {
    yield {
      ...target(file, specifier!),
      ...namesOf(clause!, type !== undefined),
      isReExport: verb === "export",
    };
  }
  for (const pattern of [BARE, DYNAMIC, BY_URL]) {
    for (const [, specifier] of code.matchAll(pattern)) {
      yield { ...target(file, specifier!), names: ["*"], isTypeOnly: false, isReExport: false };
    }
  }
}

function target(file: string, specifier: string): { specifier: string; file?: string } {
  if (!specifier.startsWith(".")) return { specifier };
  const joined = path.posix.join(path.posix.dirname(file), specifier);
  return { specifier, file: /\.\w+$/.test(joined) ? joined : `${joined}.ts` };
}

function namesOf(clause: string, isType: boolean): { names: string[]; isTypeOnly: boolean } {
  const braces = /\{([\s\S]*)\}/.exec(clause)?.[1];
  if (braces === undefined) {
    return { names: [clause.includes("*") ? "*" : "default"], isTypeOnly: isType };
  }
  const parts = braces.split(",").flatMap((part) => part.trim() || []);
  const names = parts.map((part) => part.replace(/^type\s+/, "").split(/\s+as\s+/)[0]!);
  return { names, isTypeOnly: isType || parts.every((part) => part.startsWith("type ")) };
}

const DECLARED =
  /^export\s+(?:declare\s+)?(?:async\s+)?(function\*?|const|let|class|abstract class|interface|type)\s+([\w$]+)/gm;
const LISTED = /^export\s+(type\s+)?\{([^}]*)\}\s*;/gm;

function* findExports(code: string): Generator<ExportedName> {
  for (const [, kind, name] of code.matchAll(DECLARED)) {
    yield { name: name!, isType: kind === "interface" || kind === "type" };
  }
  for (const [, type, list] of code.matchAll(LISTED)) {
    for (const part of list!.split(",").flatMap((entry) => entry.trim() || [])) {
      yield { name: part.split(/\s+as\s+/).at(-1)!, isType: type !== undefined };
    }
  }
  if (/^export default/m.test(code)) yield { name: "default", isType: false };
}

/** The checkout's package.json, as far as the rules look at it. */
export function readPackage(): {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  /** Those that an installation may have and does without. */
  peerDependencies: Record<string, string>;
} {
  return JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
}

/** `@scope/name/file.js` and `name/file.js` without the file; undefined for Node's own modules and our files. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
