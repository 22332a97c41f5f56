import type { Picture } from "../../imaging/picture.ts";
import { codedLength, decodeBits } from "./convolutional-code.ts";
import { type BrightnessSums, foldTiles, sumBrightness } from "./fold-tiles.ts";
import { type ComplexSquare, transformSquare } from "./fourier.ts";
import { MARK_BITS, numberOfBits } from "./mark-number.ts";
import { CELLS_PER_SHORT_SIDE, drawTile, TILE_CELLS, type TilePattern } from "./tile-pattern.ts";

/** A watermark that was found. */
export interface FoundWatermark {
  /** 12 hexadecimal digits; see `markNumberOf`. */
  readonly number: string;
  /** How far the tile's place stands out of chance, in standard deviations. */
  readonly score: number;
  /** Part of the marked picture's short side that is left, 1 when nothing was cut off. */
  readonly keptOfShortSide: number;
}

/** What is left of the short side of a picture that was cut: from a fifth less to, with rounding, a little more. */
const KEPT = { least: 0.78, most: 1.02, step: 0.0025 };

/** Below this a place is chance: the best of some 16 000 places and 100 sizes of plain noise reaches about 5.5. */
const LEAST_SCORE = 6;

/**
 * Looks for a watermark of `hideWatermark`, at every size the picture may have been cut from. It takes a second or two.
 * Undefined when none is found or its check does not fit.
 */
export function readWatermark(picture: Picture): FoundWatermark | undefined {
  const { score, keptOfShortSide, bits } = readMarkBits(picture);
  const number = score < LEAST_SCORE ? undefined : numberOfBits(bits);
  return number === undefined ? undefined : { number, score, keptOfShortSide };
}

/** As {@link readWatermark}, whatever comes of it: the bits at the likeliest place, right or not. */
export function readMarkBits(
  picture: Picture,
): Omit<FoundWatermark, "number"> & { readonly bits: Uint8Array } {
  const tile = drawTile(codedLength(MARK_BITS));
  const search = { sums: sumBrightness(picture), tile, template: syncSpectrum(tile) };
  const shortSide = Math.min(picture.width, picture.height);
  const look = (kept: number): Sighting => {
    const cellPx = shortSide / (CELLS_PER_SHORT_SIDE * kept);
    return { kept, ...placeOf(search, cellPx) };
  };
  let best = look(1);
  for (let kept = KEPT.least; kept <= KEPT.most; kept += KEPT.step) best = better(best, look(kept));
  for (let finer = KEPT.step / 2; finer > KEPT.step / 20; finer /= 2) {
    best = better(better(best, look(best.kept - finer)), look(best.kept + finer));
  }
  const bits = decodeBits(softBits(best, tile));
  return { bits, score: best.score, keptOfShortSide: best.kept };
}

interface Search {
  readonly sums: BrightnessSums;
  readonly tile: TilePattern;
  readonly template: ComplexSquare;
}

interface Place {
  readonly score: number;
  /** Offset of the tile, cells. */
  readonly dx: number;
  readonly dy: number;
  readonly folded: Float64Array;
}

interface Sighting extends Place {
  readonly kept: number;
}

function better(a: Sighting, b: Sighting): Sighting {
  return b.score > a.score ? b : a;
}

/** Correlates the folded picture with the cells that are the same in every tile. */
function placeOf({ sums, template }: Search, cellPx: number): Place {
  const folded = foldTiles(sums, cellPx);
  const { re, im, side } = {
    re: folded.slice(),
    im: new Float64Array(folded.length),
    side: TILE_CELLS,
  };
  transformSquare({ re, im, side });
  for (let i = 0; i < re.length; i++) {
    const [a, b, c, d] = [re[i]!, im[i]!, template.re[i]!, template.im[i]!];
    re[i] = a * c + b * d;
    im[i] = b * c - a * d;
  }
  transformSquare({ re, im, side }, true);
  let [peak, energy] = [0, 0];
  for (let i = 0; i < re.length; i++) {
    energy += re[i]! ** 2;
    if (re[i]! > re[peak]!) peak = i;
  }
  const score = re[peak]! / Math.sqrt(energy / re.length || 1);
  return { score, dx: peak % side, dy: Math.floor(peak / side), folded };
}

function syncSpectrum({ bitOf, sign }: TilePattern): ComplexSquare {
  const re = Float64Array.from(sign, (value, cell) => (bitOf[cell] === -1 ? value : 0));
  const spectrum = { side: TILE_CELLS, re, im: new Float64Array(re.length) };
  transformSquare(spectrum);
  return spectrum;
}

function softBits({ dx, dy, folded }: Place, { bitOf, sign }: TilePattern): Float32Array {
  const soft = new Float32Array(codedLength(MARK_BITS));
  for (let y = 0; y < TILE_CELLS; y++) {
    for (let x = 0; x < TILE_CELLS; x++) {
      const cell = y * TILE_CELLS + x;
      const bit = bitOf[cell]!;
      if (bit < 0) continue;
      const from = ((y + dy) % TILE_CELLS) * TILE_CELLS + ((x + dx) % TILE_CELLS);
      soft[bit] = soft[bit]! + folded[from]! * sign[cell]!;
    }
  }
  return soft;
}
