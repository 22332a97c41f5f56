/** A 2x3 affine matrix: x' = a x + b y + tx, y' = c x + d y + ty. Pixel centres lie at integer coordinates + 0.5. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly tx: number;
  readonly ty: number;
}

/** Returns the affine map that does `first`, then `second`. */
export function composeAffine(second: Affine, first: Affine): Affine {
  return {
    a: second.a * first.a + second.b * first.c,
    b: second.a * first.b + second.b * first.d,
    c: second.c * first.a + second.d * first.c,
    d: second.c * first.b + second.d * first.d,
    tx: second.a * first.tx + second.b * first.ty + second.tx,
    ty: second.c * first.tx + second.d * first.ty + second.ty,
  };
}

/**
 * Returns the map from a `size` x `size` crop to the picture, for a square of `sidePx` around a centre,
 * turned by `rollRad` (positive = clockwise on the screen, since y points down).
 */
export function squareCropToPicture(
  centre: readonly [number, number],
  sidePx: number,
  rollRad: number,
  size: number,
): Affine {
  const scale = sidePx / size;
  const cos = Math.cos(rollRad) * scale;
  const sin = Math.sin(rollRad) * scale;
  const half = size / 2;
  return {
    a: cos,
    b: -sin,
    c: sin,
    d: cos,
    tx: centre[0] - cos * half + sin * half,
    ty: centre[1] - sin * half - cos * half,
  };
}
