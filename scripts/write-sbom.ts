// Prints the software bill of materials: every package that runs in production, from the lock file, as CycloneDX. What npm
// adds of the moment (serial number, time) is left out, so that two runs are equal.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const ARGUMENTS = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly serialNumber: string;
}

/** `name@version` of every package that is not for development only. */
function productionPackages(): ReadonlySet<string> {
  const lock = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8"));
  const packages = Object.entries<{ version: string; dev?: boolean }>(lock.packages);
  return new Set(
    packages
      .filter(([, { dev }]) => !dev)
      .map(([place, { version }]) => `${place.replace(/^.*node_modules\//, "")}@${version}`),
  );
}

// npm's own --omit=dev drops packages that something for development needs as well.
const output = execFileSync("npm", ARGUMENTS, {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 64 * 1024 ** 2,
  stdio: ["ignore", "pipe", "ignore"],
});
const { serialNumber: _, metadata, ...bill }: Bill = JSON.parse(output);
const { timestamp: __, ...about } = metadata;
const shipped = productionPackages();
const own = (metadata.component as { "bom-ref": string })["bom-ref"];
const isShipped = (reference: string): boolean => reference === own || shipped.has(reference);
const written = {
  ...bill,
  metadata: about,
  components: bill.components.filter(({ name, version }) => isShipped(`${name}@${version}`)),
  dependencies: bill.dependencies
    .filter(({ ref }) => isShipped(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
};
process.stdout.write(`${JSON.stringify(written, undefined, 2)}\n`);
