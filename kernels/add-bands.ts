import { firstOfThree, secondOfThree, thirdOfThree } from "./triples.ts";

/** What is done with the bands; the order is that in which src/fusion/finish/detail-bands.ts writes it. */
@unmanaged
class Gains {
  fine: f32;
  fineLimit: f32;
  coarse: f32;
  coarseLimit: f32;
  onSkin: f32;
  onFeature: f32;
  limit: f32;
}

/**
 * addBands (src/fusion/finish/detail-bands.ts) for `pixels` pixels, a multiple of four. `strip`: RGB levels (three floats a pixel), which
 * change, then `pixels` floats each of luma, of the luma blurred a little and of it blurred more, of feature and of
 * interior (0..1).
 */
export function addBands(strip: usize, pixels: i32, gains: usize): void {
  const by = changetype<Gains>(gains);
  const onSkin = f32x4.splat(by.onSkin);
  const more = f32x4.splat(by.onFeature - by.onSkin);
  const pitch = (<usize>pixels) << 2;
  const end = strip + 3 * pitch;
  for (let at = end; strip < end; strip += 48, at += 16) {
    const inside = v128.load(at + 4 * pitch);
    if (!v128.any_true(f32x4.ne(inside, f32x4.splat(0)))) continue;
    const near = v128.load(at + pitch);
    const fine = f32x4.mul(f32x4.sub(v128.load(at), near), f32x4.splat(by.fine));
    const coarse = f32x4.mul(f32x4.sub(near, v128.load(at + 2 * pitch)), f32x4.splat(by.coarse));
    const bands = f32x4.add(limited(fine, by.fineLimit), limited(coarse, by.coarseLimit));
    const share = f32x4.add(onSkin, f32x4.mul(more, v128.load(at + 3 * pitch)));
    const change = f32x4.mul(inside, limited(f32x4.mul(share, bands), by.limit));
    add(strip, v128.shuffle<i32>(change, change, 0, 0, 0, 1));
    add(strip + 16, v128.shuffle<i32>(change, change, 1, 1, 2, 2));
    add(strip + 32, v128.shuffle<i32>(change, change, 2, 3, 3, 3));
  }
}

@inline
function limited(value: v128, limit: f32): v128 {
  return f32x4.pmin(f32x4.pmax(value, f32x4.splat(-limit)), f32x4.splat(limit));
}

@inline
function add(at: usize, change: v128): void {
  v128.store(at, f32x4.add(v128.load(at), change));
}

/** Rec. 601 luma of `pixels` pixels, a multiple of four, from RGB levels (three floats a pixel). */
export function writeLuma(rgb: usize, pixels: i32, out: usize): void {
  const end = out + ((<usize>pixels) << 2);
  for (; out < end; rgb += 48, out += 16) {
    const a = v128.load(rgb);
    const b = v128.load(rgb, 16);
    const c = v128.load(rgb, 32);
    const red = f32x4.mul(firstOfThree(a, b, c), f32x4.splat(0.299));
    const green = f32x4.mul(secondOfThree(a, b, c), f32x4.splat(0.587));
    const blue = f32x4.mul(thirdOfThree(a, b, c), f32x4.splat(0.114));
    v128.store(out, f32x4.add(f32x4.add(red, green), blue));
  }
}
