import { LOG_LEVELS } from "./sample-rows.ts";
import { exponential, hyperbolicTangent } from "./transcendental.ts";
import { firstOfThree, secondOfThree, thirdOfThree } from "./triples.ts";

/** Weights below this change nothing that is seen. */
const NEGLIGIBLE_WEIGHT: f32 = 0.002;
/** Losses below this leave the detail as it is. */
const NEGLIGIBLE_LOSS: f32 = 0.02;
/** Detail below this (log units) is relit by a series. */
const SMALL_DETAIL: f32 = 0.15;

/** Fields of one source, in this order; each is a row of floats. */
const FIELDS_PER_SOURCE = 11;

/** Face-wide constants, in the order in which src/fusion/light/compose-face.ts writes them. */
@unmanaged
class Constants {
  skinChromaGain: f32;
  colourfulness: f32;
  highlightLimit: f32;
}

/**
 * One row of composeFace (src/fusion/light/compose-face.ts), four pixels at a time. `rows`: `pitch` bytes apart, the 11 fields of
 * the photo, the 11 of its mirrored half, then feature, lip and eye (0..1). `user`, `mirrored`: Y A B; `template`: RGB
 * levels; `triangles`: 16-bit numbers, below 0 where no face is. `out`: RGB levels. All rows have room for 16 bytes more.
 */
export function composeRow(
  rows: usize,
  pitch: i32,
  user: usize,
  mirrored: usize,
  template: usize,
  triangles: usize,
  constants: usize,
  width: i32,
  out: usize,
): void {
  let reflected = rows + FIELDS_PER_SOURCE * pitch;
  let kinds = reflected + FIELDS_PER_SOURCE * pitch;
  for (let x = 0; x < width; x += 4) {
    const covered = i32x4.ge_s(v128.load_ext<i16>(triangles), i32x4.splat(0));
    if (v128.any_true(covered)) composeFour(rows, reflected, kinds, pitch, user, mirrored, template, constants, covered, out);
    rows += 16;
    reflected += 16;
    kinds += 16;
    user += 48;
    mirrored += 48;
    template += 48;
    triangles += 8;
    out += 48;
  }
}

@inline
function composeFour(
  direct: usize,
  reflected: usize,
  kinds: usize,
  pitch: i32,
  user: usize,
  mirrored: usize,
  template: usize,
  constants: usize,
  covered: v128,
  out: usize,
): void {
  const feature = v128.load(kinds);
  const lip = v128.load(kinds + pitch);
  const eye = v128.load(kinds + 2 * pitch);
  const directWeight = counted(v128.load(direct));
  const reflectedWeight = counted(v128.load(reflected));
  const taken = f32x4.add(directWeight, reflectedWeight);
  const own = counted(f32x4.sub(f32x4.splat(1), taken));
  let luma = f32x4.splat(0);
  let redness = f32x4.splat(0);
  let blueness = f32x4.splat(0);
  if (v128.any_true(own)) {
    // The template's own skin where no source is taken.
    const first = v128.load(template);
    const second = v128.load(template, 16);
    const third = v128.load(template, 32);
    const r = logarithms(firstOfThree(first, second, third));
    const g = logarithms(secondOfThree(first, second, third));
    const b = logarithms(thirdOfThree(first, second, third));
    luma = f32x4.mul(
      own,
      f32x4.add(
        f32x4.add(f32x4.mul(f32x4.splat(0.3), r), f32x4.mul(f32x4.splat(0.6), g)),
        f32x4.mul(f32x4.splat(0.1), b),
      ),
    );
    redness = f32x4.mul(own, f32x4.sub(r, g));
    blueness = f32x4.mul(own, f32x4.sub(b, g));
  }
  for (let source = 0; source < 2; source++) {
    const fields = source == 0 ? direct : reflected;
    const colours = source == 0 ? user : mirrored;
    const weight = source == 0 ? directWeight : reflectedWeight;
    if (!v128.any_true(weight)) continue;
    const first = v128.load(colours);
    const second = v128.load(colours, 16);
    const third = v128.load(colours, 32);
    const y = firstOfThree(first, second, third);
    luma = f32x4.add(luma, f32x4.mul(weight, relitLuma(y, fields, pitch, constants, feature, lip, eye)));
    const baseA = v128.load(fields + 5 * pitch);
    const baseB = v128.load(fields + 6 * pitch);
    const a = f32x4.sub(secondOfThree(first, second, third), baseA);
    const b = f32x4.sub(thirdOfThree(first, second, third), baseB);
    const factor = chromaFactor(a, b, v128.load(fields + 10 * pitch), constants, feature, lip, eye);
    const nextA = f32x4.add(f32x4.add(baseA, v128.load(fields + 2 * pitch)), f32x4.mul(factor, a));
    const nextB = f32x4.add(f32x4.add(baseB, v128.load(fields + 3 * pitch)), f32x4.mul(factor, b));
    redness = f32x4.add(redness, f32x4.mul(weight, nextA));
    blueness = f32x4.add(blueness, f32x4.mul(weight, nextB));
  }
  // What was passed over leaves a little less than a whole.
  const whole = f32x4.div(f32x4.splat(1), f32x4.add(taken, own));
  luma = f32x4.mul(luma, whole);
  redness = f32x4.mul(redness, whole);
  blueness = f32x4.mul(blueness, whole);
  const green = f32x4.sub(
    f32x4.sub(luma, f32x4.mul(f32x4.splat(0.3), redness)),
    f32x4.mul(f32x4.splat(0.1), blueness),
  );
  const r = v128.and(covered, levels(f32x4.add(green, redness)));
  const g = v128.and(covered, levels(green));
  const b = v128.and(covered, levels(f32x4.add(green, blueness)));
  const low = v128.shuffle<i32>(r, g, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(r, g, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i32>(low, b, 0, 1, 4, 2));
  v128.store(out, v128.shuffle<i32>(v128.shuffle<i32>(low, b, 3, 5, 3, 5), high, 0, 1, 4, 5), 16);
  v128.store(out, v128.shuffle<i32>(b, high, 2, 6, 7, 3), 32);
}

/** Weights, or 0 where they are not worth the work. */
@inline
function counted(weight: v128): v128 {
  return v128.and(weight, f32x4.gt(weight, f32x4.splat(NEGLIGIBLE_WEIGHT)));
}

/** The photo's Y in the template's light: smooth level, what light adds, and what is left of its detail. */
@inline
function relitLuma(
  y: v128,
  fields: usize,
  pitch: i32,
  constants: usize,
  feature: v128,
  lip: v128,
  eye: v128,
): v128 {
  const half = f32x4.splat(0.5);
  const base = v128.load(fields + 4 * pitch);
  const raw = f32x4.sub(y, base);
  const shadowShare = f32x4.sub(f32x4.splat(0.65), f32x4.mul(f32x4.splat(0.55), feature));
  const share = v128.bitselect(f32x4.splat(1), shadowShare, f32x4.gt(raw, f32x4.splat(0)));
  const loss = f32x4.mul(share, v128.load(fields + 8 * pitch));
  let detail = relitDetail(raw, loss);
  const limit = f32x4.mul(
    f32x4.splat(changetype<Constants>(constants).highlightLimit),
    f32x4.add(f32x4.splat(1), f32x4.mul(half, f32x4.add(feature, lip))),
  );
  const isBright = f32x4.gt(detail, limit);
  if (v128.any_true(isBright)) {
    const excess = f32x4.sub(detail, limit);
    const low = f32x4.add(limit, f32x4.mul(limit, hyperbolicTangent(f32x4.div(excess, limit))));
    const shone = f32x4.add(low, f32x4.mul(f32x4.sub(detail, low), eye));
    detail = v128.bitselect(shone, detail, isBright);
  }
  const gained = f32x4.mul(
    v128.load(fields + 9 * pitch),
    f32x4.sub(y, v128.load(fields + 7 * pitch)),
  );
  const middle = f32x4.pmin(f32x4.pmax(gained, f32x4.splat(-0.3)), f32x4.splat(0.3));
  const level = f32x4.add(base, v128.load(fields + pitch));
  return f32x4.add(f32x4.add(level, detail), middle);
}

/** Detail over the smooth level after a change of light, see relightRow of the plain version. */
@inline
function relitDetail(detail: v128, loss: v128): v128 {
  const one = f32x4.splat(1);
  const isKept = f32x4.lt(loss, f32x4.splat(NEGLIGIBLE_LOSS));
  const bend = f32x4.add(one, f32x4.mul(f32x4.splat(0.5), f32x4.mul(loss, detail)));
  const series = f32x4.mul(f32x4.mul(detail, f32x4.sub(one, loss)), bend);
  let relit = v128.bitselect(detail, series, isKept);
  const isLarge = f32x4.ge(f32x4.abs(detail), f32x4.splat(SMALL_DETAIL));
  const isExact = v128.andnot(isLarge, isKept);
  if (v128.any_true(isExact)) {
    const scaled = f32x4.mul(f32x4.sub(exponential(detail), one), f32x4.sub(one, loss));
    const sum = v128.bitselect(
      f32x4.splat(0.05),
      f32x4.add(one, scaled),
      f32x4.lt(scaled, f32x4.splat(-0.95)),
    );
    const exact = f32x4(
      Mathf.log(f32x4.extract_lane(sum, 0)),
      Mathf.log(f32x4.extract_lane(sum, 1)),
      Mathf.log(f32x4.extract_lane(sum, 2)),
      Mathf.log(f32x4.extract_lane(sum, 3)),
    );
    relit = v128.bitselect(exact, relit, isExact);
  }
  return relit;
}

/** What of the photo's own colour variation (a, b) is kept; one factor for both axes, so that red lips keep their hue. */
@inline
function chromaFactor(
  a: v128,
  b: v128,
  fading: v128,
  constants: usize,
  feature: v128,
  lip: v128,
  eye: v128,
): v128 {
  const one = f32x4.splat(1);
  const vivid = f32x4.pmax(lip, eye);
  const own = f32x4.pmax(vivid, f32x4.mul(f32x4.splat(0.5), feature));
  const face = changetype<Constants>(constants);
  const skinGain = f32x4.splat(face.skinChromaGain);
  const kept = f32x4.add(skinGain, f32x4.mul(f32x4.sub(one, skinGain), own));
  const fade = f32x4.sub(one, f32x4.mul(fading, f32x4.sub(one, lip)));
  const gain = f32x4.mul(f32x4.mul(kept, f32x4.splat(face.colourfulness)), fade);
  const size = f32x4.sqrt(f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)));
  const limit = f32x4.add(
    f32x4.add(f32x4.splat(0.06), f32x4.mul(f32x4.splat(0.1), feature)),
    f32x4.mul(f32x4.splat(1.2), vivid),
  );
  return v128.bitselect(f32x4.div(limit, size), gain, f32x4.gt(f32x4.mul(gain, size), limit));
}

/** ln(v + 6) of four levels, by the table of whole sixteenths. */
@inline
function logarithms(level: v128): v128 {
  const step = i32x4.trunc_sat_f32x4_s(
    f32x4.add(f32x4.mul(level, f32x4.splat(16)), f32x4.splat(0.5)),
  );
  const at = i32x4.max_s(i32x4.min_s(step, i32x4.splat(4095)), i32x4.splat(0));
  return f32x4(
    load<f32>(LOG_LEVELS + (i32x4.extract_lane(at, 0) << 2)),
    load<f32>(LOG_LEVELS + (i32x4.extract_lane(at, 1) << 2)),
    load<f32>(LOG_LEVELS + (i32x4.extract_lane(at, 2) << 2)),
    load<f32>(LOG_LEVELS + (i32x4.extract_lane(at, 3) << 2)),
  );
}

/** exp(l) - 6, within 0..255. */
@inline
function levels(logarithm: v128): v128 {
  const level = f32x4.sub(exponential(logarithm), f32x4.splat(6));
  return f32x4.pmin(f32x4.pmax(level, f32x4.splat(0)), f32x4.splat(255));
}
