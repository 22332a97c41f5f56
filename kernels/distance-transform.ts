/** Longer than any line of cells. */
const FAR_STEPS: f32 = 1e6;

/**
 * Euclidean distance of each cell to the nearest zero cell (src/imaging/distance-transform.ts), exact (Felzenszwalb & Huttenlocher
 * 2012). `cells`: `pitch` floats a row, 0 for zero cells and anything else for others; they become the distances.
 * `outside`: 1 when the world around counts as zero. `scratch`: 3 * (`width` + 4) doubles. `pitch` is a multiple of 4.
 */
export function transformDistances(
  cells: usize,
  width: i32,
  height: i32,
  pitch: i32,
  outside: i32,
  scratch: usize,
): void {
  const rowBytes = pitch << 2;
  const beyond = f32x4.splat(outside ? 1 : FAR_STEPS);
  const one = f32x4.splat(1);
  for (let x = 0; x < rowBytes; x += 16) {
    let steps = f32x4.sub(beyond, one);
    let at = cells + x;
    for (let y = 0; y < height; y++, at += rowBytes) {
      const isCell = f32x4.ne(v128.load(at), f32x4.splat(0));
      steps = v128.and(f32x4.add(steps, one), isCell);
      v128.store(at, steps);
    }
    steps = f32x4.sub(beyond, one);
    for (let y = 0; y < height; y++) {
      at -= rowBytes;
      steps = f32x4.pmin(f32x4.add(steps, one), v128.load(at));
      v128.store(at, steps);
    }
  }
  for (let y = 0; y < height; y++) transformRow(cells + y * rowBytes, width, outside, scratch);
}

/** Lowest parabola over each cell of a row of column distances; the two cells beside the row stand for the world around. */
function transformRow(row: usize, width: i32, outside: i32, scratch: usize): void {
  const heights = scratch;
  const bounds = heights + ((width + 4) << 3);
  const peaks = bounds + ((width + 4) << 3);
  const far = <f64>FAR_STEPS * <f64>FAR_STEPS;
  const edge = outside ? 0 : far;
  store<f64>(heights, edge);
  store<f64>(heights + ((width + 1) << 3), edge);
  for (let x = 0; x < width; x++) {
    const steps = <f64>load<f32>(row + (x << 2));
    store<f64>(heights + ((x + 1) << 3), min(steps * steps, far));
  }
  let last = 0;
  store<i32>(peaks, 0);
  store<f64>(bounds, -Infinity);
  for (let q = 1; q < width + 2; q++) {
    const height = load<f64>(heights + (q << 3)) + <f64>q * <f64>q;
    let p = load<i32>(peaks + (last << 2));
    let bound = crossing(heights, height, q, p);
    while (bound <= load<f64>(bounds + (last << 3))) {
      last--;
      p = load<i32>(peaks + (last << 2));
      bound = crossing(heights, height, q, p);
    }
    last++;
    store<i32>(peaks + (last << 2), q);
    store<f64>(bounds + (last << 3), bound);
  }
  store<f64>(bounds + ((last + 1) << 3), Infinity);
  for (let x = 1, k = 0; x <= width; x++) {
    while (load<f64>(bounds + ((k + 1) << 3)) < <f64>x) k++;
    const p = load<i32>(peaks + (k << 2));
    const d = <f64>(x - p);
    store<f32>(row + ((x - 1) << 2), <f32>sqrt(d * d + load<f64>(heights + (p << 3))));
  }
}

/** Where the parabola of cell `q` (`height` over the origin) goes below that of cell `p`. */
@inline
function crossing(heights: usize, height: f64, q: i32, p: i32): f64 {
  const other = load<f64>(heights + (p << 3)) + <f64>p * <f64>p;
  return (height - other) / <f64>(2 * (q - p));
}
