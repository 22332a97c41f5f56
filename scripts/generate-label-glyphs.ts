// Writes src/imaging/label-glyphs.ts: the outlines of the characters of the visible label, so that no font need be
// installed where Faceloom runs. Run it again only when the text changes: node scripts/generate-label-glyphs.ts
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

interface Font {
  readonly unitsPerEm: number;
  charToGlyph(character: string): {
    readonly index: number;
    readonly advanceWidth: number;
    readonly path: { readonly commands: Record<string, number | string>[] };
  };
}

const TEXT = "本图片为AI合成图片";
// The WOFF file: opentype.js cannot unpack the WOFF2 file beside it. Weight 500 stays open in small sizes.
const FONT = "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-500-normal.woff";

const require = createRequire(import.meta.url);
/** The part of opentype.js that is used here; the package has neither types nor named exports. */
const { parse }: { parse(font: ArrayBuffer): Font } = require("opentype.js");
const { version }: { version: string } = require("@fontsource/noto-sans-sc/package.json");
const bytes = readFileSync(require.resolve(FONT));
const font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

const glyphs = [...new Set(TEXT)].map((character) => {
  const glyph = font.charToGlyph(character);
  if (glyph.index === 0) throw new Error(`The font has no glyph for ${character}.`);
  const path = glyph.path.commands.map(toText).join("");
  return `  ${JSON.stringify(character)}: {\n    advance: ${glyph.advanceWidth},\n    path: ${JSON.stringify(path)},\n  },`;
});

const source = `/**
 * The characters of the visible label as outlines, taken from Noto Sans SC (Google), weight 500, package
 * @fontsource/noto-sans-sc ${version}, under the SIL Open Font License 1.1 (see THIRD_PARTY.md).
 * Written by scripts/generate-label-glyphs.ts. Units: ${font.unitsPerEm} to the em, y upwards from the baseline;
 * path commands M L Q C Z as in SVG, absolute.
 */
export const LABEL_GLYPHS: Readonly<
  Record<string, { readonly advance: number; readonly path: string }>
> = {
${glyphs.join("\n")}
};
`;
writeFileSync(new URL("../src/imaging/label-glyphs.ts", import.meta.url), source);

function toText(command: Record<string, number | string>): string {
  const numbers = ["x1", "y1", "x2", "y2", "x", "y"]
    .filter((key) => key in command)
    .map((key) => Math.round(Number(command[key])));
  return `${command.type}${numbers.join(" ")}`;
}
