/** The first of each group of three of twelve numbers in a row. */
@inline
export function firstOfThree(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<i32>(v128.shuffle<i32>(a, b, 0, 3, 6, 6), c, 0, 1, 2, 5);
}

/** The second of each. */
@inline
export function secondOfThree(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<i32>(v128.shuffle<i32>(a, b, 1, 4, 7, 7), c, 0, 1, 2, 6);
}

/** The third of each. */
@inline
export function thirdOfThree(a: v128, b: v128, c: v128): v128 {
  return v128.shuffle<i32>(v128.shuffle<i32>(a, b, 2, 5, 5, 5), c, 0, 1, 4, 7);
}
