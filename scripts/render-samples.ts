import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

/** Renders console/drawings, our own, to the sample pictures that the console offers and to the one that engines warm up with. */
const ROOT = path.resolve(import.meta.dirname, "..");

for (const file of globSync("console/drawings/*.svg", { cwd: ROOT })) {
  const name = `${path.basename(file, ".svg")}.jpg`;
  const to = path.join(ROOT, "console/public/samples", name);
  const jpeg = sharp(readFileSync(path.join(ROOT, file))).jpeg({ quality: 84, mozjpeg: true });
  const { size } = await jpeg.toFile(to);
  console.log(`${name}: ${size} bytes`);
}

const WARM_UP_SIDE_PX = 256;
const portrait = await sharp(readFileSync(path.join(ROOT, "console/public/samples/ana.jpg")))
  .resize(WARM_UP_SIDE_PX)
  .jpeg({ quality: 70 })
  .toBuffer();
writeFileSync(
  path.join(ROOT, "src/fusion/sample-portrait.ts"),
  `/**
 * A small drawing with a face that the networks accept, a JPEG as base64. Written by scripts/render-samples.ts.
 */
export const SAMPLE_PORTRAIT =
  "${portrait.toString("base64")}";
`,
);
console.log(`sample-portrait.ts: ${portrait.length} bytes`);
