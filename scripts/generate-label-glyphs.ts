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

const TEXTS = "本图片为AI合成图片Synthesized by AI";
// The WOFF files: opentype.js cannot unpack the WOFF2 files beside them. Weight 500 stays open in small sizes.
const FONTS = ["chinese-simplified", "latin"].map(
  (subset) => `@fontsource/noto-sans-sc/files/noto-sans-sc-${subset}-500-normal.woff`,
);

const require = createRequire(import.meta.url);
/** The part of opentype.js that is used here; the package has neither types nor named exports. */
const { parse }: { parse(font: ArrayBuffer): Font } = require("opentype.js");
const { version }: { version: string } = require("@fontsource/noto-sans-sc/package.json");
const fonts = FONTS.map((file) => {
  const bytes = readFileSync(require.resolve(file));
  return parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
});

const glyphs = [...new Set(TEXTS)].map((character) => {
  const [glyph] = fonts
    .map((font) => font.charToGlyph(character))
    .filter(({ index }) => index !== 0);
  if (glyph === undefined) throw new Error(`The font has no glyph for ${character}.`);
  const path = glyph.path.commands.map(toText).join("");
  const name = /^\p{L}$/u.test(character) ? character : JSON.stringify(character);
  return `  ${name}: {\n    advance: ${glyph.advanceWidth},\n    path: ${JSON.stringify(path)},\n  },`;
});

const source = `/**
 * The characters of the visible label as outlines, taken from Noto Sans SC (Google), weight 500, package
 * @fontsource/noto-sans-sc ${version}, under the SIL Open Font License 1.1 (see THIRD_PARTY.md).
 * Written by scripts/generate-label-glyphs.ts. Units: ${fonts[0]?.unitsPerEm} to the em, y upwards from the baseline;
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
