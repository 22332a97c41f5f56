import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

/** Renders console/drawings, our own, to the sample pictures that the console offers. */
const ROOT = path.resolve(import.meta.dirname, "..");

for (const file of globSync("console/drawings/*.svg", { cwd: ROOT })) {
  const name = `${path.basename(file, ".svg")}.jpg`;
  const to = path.join(ROOT, "console/public/samples", name);
  const jpeg = sharp(readFileSync(path.join(ROOT, file))).jpeg({ quality: 84, mozjpeg: true });
  const { size } = await jpeg.toFile(to);
  console.log(`${name}: ${size} bytes`);
}
