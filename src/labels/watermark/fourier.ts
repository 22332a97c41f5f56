/** A square of complex numbers. */
export interface ComplexSquare {
  readonly side: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Transforms rows and columns in place (Cooley and Tukey, 1965); `side` is a power of two. Not scaled. */
export function transformSquare(square: ComplexSquare, isInverse = false): void {
  const { side, re, im } = square;
  const turns = turnsOf(side, isInverse);
  for (let i = 0; i < side; i++) transformLine(re, im, { start: i * side, step: 1, ...turns });
  for (let i = 0; i < side; i++) transformLine(re, im, { start: i, step: side, ...turns });
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly side: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

function turnsOf(side: number, isInverse: boolean): Pick<Line, "side" | "cos" | "sin"> {
  const angle = (isInverse ? 2 : -2) * Math.PI;
  const cos = Float64Array.from({ length: side / 2 }, (_, i) => Math.cos((angle * i) / side));
  const sin = Float64Array.from({ length: side / 2 }, (_, i) => Math.sin((angle * i) / side));
  return { side, cos, sin };
}

function transformLine(re: Float64Array, im: Float64Array, line: Line): void {
  reverseBits(re, im, line);
  const { start, step, side, cos, sin } = line;
  for (let half = 1; half < side; half *= 2) {
    const stride = side / (2 * half);
    for (let i = 0; i < side; i += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = start + (i + k) * step;
        const b = a + half * step;
        const [c, s] = [cos[k * stride]!, sin[k * stride]!];
        const tr = re[b]! * c - im[b]! * s;
        const ti = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - tr;
        im[b] = im[a]! - ti;
        re[a] = re[a]! + tr;
        im[a] = im[a]! + ti;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array, { start, step, side }: Line): void {
  for (let i = 1, j = 0; i < side; i++) {
    let bit = side >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [a, b] = [start + i * step, start + j * step];
    [re[a], re[b]] = [re[b]!, re[a]!];
    [im[a], im[b]] = [im[b]!, im[a]!];
  }
}
