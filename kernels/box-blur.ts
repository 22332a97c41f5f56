/**
 * Box blur of a plane in place (src/imaging/box-blur.ts), `passes` times in both directions with edge values repeated. Four
 * rows, then four columns at a time run through the lanes. `scratch`: 128 bytes for each of the longer side's cells and
 * for 2 * radius + 2 more.
 */
export function blurPlane(
  plane: usize,
  width: i32,
  height: i32,
  radius: i32,
  passes: i32,
  scratch: usize,
): void {
  for (let y = 0; y < height; y += 4) {
    blurFour(plane, y, height, 4 * width, width, 4, radius, passes, scratch);
  }
  let x = 0;
  for (; x + 16 <= width; x += 16) {
    blurSixteen(plane + (x << 2), height, width << 2, radius, passes, scratch);
  }
  for (; x < width; x += 4) {
    blurFour(plane, x, width, 4, height, 4 * width, radius, passes, scratch);
  }
}

/** Blurs sixteen columns, so that each line of the processor's cache is read and written once; `pitch` bytes from row to row. */
function blurSixteen(
  plane: usize,
  height: i32,
  pitch: i32,
  radius: i32,
  passes: i32,
  scratch: usize,
): void {
  const margin = (radius + 1) << 4;
  const size = (height << 4) + 2 * margin;
  let from = scratch + margin;
  for (let y = 0, at = plane; y < height; y++, at += pitch) {
    const to = from + (y << 4);
    v128.store(to, v128.load(at));
    v128.store(to + size, v128.load(at, 16));
    v128.store(to + 2 * size, v128.load(at, 32));
    v128.store(to + 3 * size, v128.load(at, 48));
  }
  let spare = from + 4 * size;
  for (let pass = 0; pass < passes; pass++) {
    for (let four = 0; four < 4; four++) {
      blurLanes(from + four * size, spare + four * size, height, radius);
    }
    const swap = from;
    from = spare;
    spare = swap;
  }
  for (let y = 0, at = plane; y < height; y++, at += pitch) {
    const to = from + (y << 4);
    v128.store(at, v128.load(to));
    v128.store(at, v128.load(to + size), 16);
    v128.store(at, v128.load(to + 2 * size), 32);
    v128.store(at, v128.load(to + 3 * size), 48);
  }
}

/** Blurs lines `first` to `first + 3`; the last line stands for those that are missing. Distances are in bytes. */
function blurFour(
  plane: usize,
  first: i32,
  lines: i32,
  lineStep: i32,
  length: i32,
  step: i32,
  radius: i32,
  passes: i32,
  scratch: usize,
): void {
  const margin = (radius + 1) << 4;
  const size = (length << 4) + 2 * margin;
  let from = scratch + margin;
  let to = from + size;
  const a = plane + first * lineStep;
  const b = plane + min(first + 1, lines - 1) * lineStep;
  const c = plane + min(first + 2, lines - 1) * lineStep;
  const d = plane + min(first + 3, lines - 1) * lineStep;
  const isWhole = lineStep == 4 && first + 3 < lines;
  for (let i = 0, at = 0; i < length; i++, at += step) {
    const four = isWhole
      ? v128.load(a + at)
      : v128.load32_lane(
          d + at,
          v128.load32_lane(c + at, v128.load32_lane(b + at, v128.load32_zero(a + at), 1), 2),
          3,
        );
    v128.store(from + (i << 4), four);
  }
  for (let pass = 0; pass < passes; pass++) {
    blurLanes(from, to, length, radius);
    const swap = from;
    from = to;
    to = swap;
  }
  for (let i = 0, at = 0; i < length; i++, at += step) {
    const four = v128.load(from + (i << 4));
    if (isWhole) {
      v128.store(a + at, four);
    } else {
      v128.store32_lane(a + at, four, 0);
      v128.store32_lane(b + at, four, 1);
      v128.store32_lane(c + at, four, 2);
      v128.store32_lane(d + at, four, 3);
    }
  }
}

/** Running means over 2 * radius + 1 groups of lanes; there is room for radius + 1 groups before and after `from`. */
function blurLanes(from: usize, to: usize, length: i32, radius: i32): void {
  const reach = (radius + 1) << 4;
  const end = from + (length << 4);
  const first = v128.load(from);
  const last = v128.load(end - 16);
  for (let at = 0; at < reach; at += 16) {
    v128.store(from - reach + at, first);
    v128.store(end + at, last);
  }
  let sum = f32x4.splat(0);
  for (let at = from - reach + 16; at < from + reach; at += 16) {
    sum = f32x4.add(sum, v128.load(at));
  }
  const scale = f32x4.splat(<f32>(1.0 / <f64>(2 * radius + 1)));
  for (let at = from; at < end; at += 16, to += 16) {
    v128.store(to, f32x4.mul(sum, scale));
    sum = f32x4.add(sum, f32x4.sub(v128.load(at + reach), v128.load(at - reach + 16)));
  }
}
