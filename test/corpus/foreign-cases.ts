import { CODES, type PictureCase } from "./picture-case.ts";
import { chunk } from "./raw-png.ts";
import { seed, seedJpeg, seedPng } from "./seeds.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
const padded = (head: string | Buffer): Buffer =>
  Buffer.concat([typeof head === "string" ? bytes(head) : head, Buffer.alloc(4_000, 1)]);

/** First bytes of formats that are no JPEG or PNG, by their specifications. */
const HEADS: Readonly<Record<string, Buffer>> = {
  BMP: padded("BM\xff\x0f\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\0\0\0\x40\0\0\0\x01\0\x18\0"),
  ICO: padded("\0\0\x01\0\x01\0\x40\x40\0\0\x01\0\x18\0"),
  HEIC: padded("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
  JXL: padded("\xff\x0a\x7f"),
  JP2: padded("\0\0\0\x0cjP  \r\n\x87\n"),
  PSD: padded("8BPS\0\x01\0\0\0\0\0\0\0\x03"),
  PDF: padded("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
  EPS: padded("%!PS-Adobe-3.0 EPSF-3.0\n"),
  MP4: padded("\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
  WASM: padded("\0asm\x01\0\0\0"),
  ZIP: padded("PK\x03\x04\x14\0\0\0\x08\0"),
  OpenEXR: padded("v/1\x01\x02\0\0\0"),
  "Radiance HDR": padded("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 64 +X 64\n"),
  PPM: padded("P6\n64 64\n255\n"),
  FITS: padded("SIMPLE  =                    T"),
  Matlab: padded("MATLAB 5.0 MAT-file"),
  MVG: padded("push graphic-context\nfill 'url(https://example.com/x)'\npop graphic-context\n"),
  text: padded("not a picture"),
};

const svg = (inner: string, head = ""): Buffer =>
  bytes(
    `<?xml version="1.0"?>${head}<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">${inner}</svg>`,
  );

/** SVG that reaches out; `canary` is an address that notes who connects. */
function svgCases(canary: string): readonly PictureCase[] {
  const entity = (source: string): Buffer =>
    svg("<text>&a;</text>", `<!DOCTYPE svg [<!ENTITY a SYSTEM "${source}">]>`);
  const laughs = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  );
  const files: Readonly<Record<string, Buffer>> = {
    "I-45 SVG with a file as entity": entity("file:///etc/passwd"),
    "I-45 SVG with an address as entity": entity(canary),
    "I-46 SVG with a file as picture": svg(
      '<image href="file:///etc/passwd" width="9" height="9"/>',
    ),
    "I-46 SVG with an address as picture": svg(`<image href="${canary}" width="9" height="9"/>`),
    "I-47 SVG with a script": svg(`<script>fetch("${canary}")</script>`),
    "I-48 SVG with a billion laughs": svg(
      "&l10;",
      `<!DOCTYPE svg [<!ENTITY l0 "a">${laughs.join("")}]>`,
    ),
    "I-48 SVG of a million px": bytes(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"/>',
    ),
  };
  return Object.entries(files).map(([name, file]) => ({
    id: name.slice(0, 4),
    what: name.slice(5),
    make: () => file,
    expected: "undecodable",
  }));
}

/** Texts of polyglots, none of which may be in a result. */
export const PAYLOADS = [
  "PK\x03\x04",
  "<script",
  "<?php",
  "polyglot-payload",
  "metadata-payload",
  "%PDF-",
] as const;

const POLYGLOTS: readonly PictureCase[] = [
  { id: "I-49", what: "JPEG and ZIP", tail: "PK\x03\x04 polyglot-payload PK\x05\x06" },
  { id: "I-50", what: "JPEG and HTML", tail: "<html><script>polyglot-payload</script>" },
  { id: "I-51", what: "JPEG and JavaScript", tail: "*/=polyglot-payload" },
  { id: "I-53", what: "JPEG and JAR", tail: "PK\x03\x04META-INF/ polyglot-payload" },
].map(({ id, what, tail }) => ({
  id,
  what,
  make: async () => Buffer.concat([await seedJpeg(), bytes(tail)]),
  expected: "good" as const,
}));

/** Files of other formats, files of two formats at once. I-37 to I-54. */
export function foreignCases(canary: string): readonly PictureCase[] {
  return [
    {
      id: "I-37",
      what: "GIF",
      make: async () => (await seed()).gif().toBuffer(),
      expected: "undecodable",
    },
    {
      id: "I-38",
      what: "WebP",
      make: async () => (await seed()).webp().toBuffer(),
      expected: "undecodable",
    },
    {
      id: "I-39",
      what: "TIFF",
      make: async () => (await seed()).tiff().toBuffer(),
      expected: "undecodable",
    },
    {
      id: "I-40",
      what: "AVIF",
      make: async () => (await seed()).avif({ effort: 0 }).toBuffer(),
      expected: "undecodable",
    },
    ...Object.entries(HEADS).map(([what, file], i) => ({
      id: `I-${41 + (i % 4)}`,
      what,
      make: () => file,
      expected: "undecodable" as const,
    })),
    ...svgCases(canary),
    ...POLYGLOTS,
    {
      id: "I-52",
      what: "PNG and PHP",
      make: async () => {
        const png = await seedPng();
        const comment = chunk("tEXt", bytes("Comment\0<?php polyglot-payload ?>"));
        return Buffer.concat([png.subarray(0, 33), comment, png.subarray(33)]);
      },
      expected: "good",
    },
    {
      id: "I-54",
      what: "PDF before a JPEG",
      make: async () => Buffer.concat([bytes("%PDF-1.4 polyglot-payload\n"), await seedJpeg()]),
      expected: "undecodable",
    },
    {
      id: "I-44",
      what: "one byte",
      make: () => Buffer.from([0xff]),
      expected: [CODES.undecodable],
    },
  ];
}
