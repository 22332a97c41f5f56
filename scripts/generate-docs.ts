import { writeFileSync } from "node:fs";
import { renderConfiguration } from "./render-configuration.ts";
import { renderErrors } from "./render-errors.ts";

/** Writes the documents that are made from the code: `npm run docs`. */
const DOCUMENTS = {
  "configuration.md": renderConfiguration,
  "errors.md": renderErrors,
} as const;

for (const [name, render] of Object.entries(DOCUMENTS)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), render());
  console.log(`docs/${name}`);
}
