/** Cells on a side of the tile that is repeated over the picture. */
export const TILE_CELLS = 128;

/** Cells on the short side of a picture: a cell's size follows the picture's, so that shrinking changes nothing. */
export const CELLS_PER_SHORT_SIDE = 256;

/** The tile: which coded bit a cell carries, and the sign that it carries for a 1. */
export interface TilePattern {
  /** Number of the coded bit, or -1 for a cell that only helps to find the tile. */
  readonly bitOf: Int16Array;
  /** 1 or -1. */
  readonly sign: Int8Array;
}

/** Draws the tile: a quarter of the cells, well mixed, for finding it, the others shared among `codedBits` bits. */
export function drawTile(codedBits: number): TilePattern {
  const cells = TILE_CELLS * TILE_CELLS;
  const random = randomSource();
  const order = Int32Array.from({ length: cells }, (_, i) => i);
  for (let i = cells - 1; i > 0; i--) {
    const j = random() % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const bitOf = new Int16Array(cells);
  for (const [rank, cell] of order.entries()) {
    bitOf[cell] = rank < cells / 4 ? -1 : rank % codedBits;
  }
  const sign = Int8Array.from({ length: cells }, () => (random() & 0x10000 ? 1 : -1));
  return { bitOf, sign };
}

/** Marsaglia's xorshift with 32 bits of state; the seed is arbitrary and may never change. */
function randomSource(): () => number {
  let state = 0x46434c4d;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
