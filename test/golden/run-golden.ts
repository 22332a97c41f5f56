/** `npm run golden`: prints how far each golden case is from its reference; `--update` writes the references anew. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import {
  fuseCase,
  GOLDEN_CASES,
  openGoldenEngine,
  REFERENCES,
  readReferences,
  signResult,
} from "./golden-cases.ts";
import { compareSignatures, exceeded, type Signature } from "./signature.ts";

const { values: flags } = parseArgs({
  options: {
    update: { type: "boolean", default: false },
    /** Where to write the results as PNG, to look at them. */
    pictures: { type: "string" },
  },
});

await using engine = await openGoldenEngine();
const references = existsSync(REFERENCES) ? readReferences() : {};
const now: Record<string, Signature> = {};
let faults = 0;
for (const one of GOLDEN_CASES) {
  const result = await fuseCase(engine, one);
  const signature = await signResult(engine, result);
  now[one.name] = signature;
  const reference = references[one.name];
  if (reference) {
    const difference = compareSignatures(reference, signature);
    const over = exceeded(difference);
    if (over.length > 0) faults++;
    const figures = Object.entries(difference).map(([k, v]) => `${k} ${v.toFixed(3)}`);
    console.log(
      `${one.name}: ${figures.join(", ")}${over.length > 0 ? `: TOO FAR in ${over.join(", ")}` : ""}`,
    );
  } else console.log(`${one.name}: no reference yet`);
  if (flags.pictures) {
    await mkdir(flags.pictures, { recursive: true });
    const { width, height, data } = result;
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(path.join(flags.pictures, `${one.name.replaceAll(/[ ,]+/g, "-")}.png`));
  }
}
if (flags.update) {
  await writeFile(REFERENCES, `${JSON.stringify(now, null, 2)}\n`);
  console.log(`Wrote ${Object.keys(now).length} references.`);
} else if (faults > 0) {
  console.log(
    "Look at the results (--pictures FOLDER); if they are as wanted, run again with --update.",
  );
  process.exitCode = 1;
}
