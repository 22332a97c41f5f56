import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Returns the version in the package.json of the installation, be it a checkout or an installed package. */
export function productVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, "package.json"))) folder = path.dirname(folder);
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version;
}
