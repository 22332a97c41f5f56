/** The plain version of composeFace (src/fusion/light/compose-face.ts). */
import type { ComposedFace } from "../../src/fusion/light/compose-face.ts";
import { type Composition, kindPlanes, sourcePlanes } from "../../src/fusion/light/composition.ts";
import type { RelightConstants } from "../../src/fusion/light/relight-gains.ts";
import { writeLevels, writeLogOpponent } from "../../src/imaging/log-opponent.ts";
import { clamp } from "../../src/imaging/scalar.ts";
import { createFieldRows, type FieldRows } from "./plain-field-rows.ts";

/** Blends pixel by pixel; the mirrored half is drawn everywhere. */
export function plainComposeFace(scene: Composition): ComposedFace {
  const { canvas, constants } = scene;
  const { width, height } = canvas;
  const composed = {
    rgb: new Float32Array(width * height * 3),
    feature: new Float32Array(width * height),
  };
  const mirrored = canvas.drawMirrored(new Uint8Array(width * height).fill(1));
  const fields = createSceneRows(scene);
  const mixed = new Float32Array(3 * width);
  for (let y = 0; y < height; y++) {
    const colourAt = 3 * y * width;
    fields.seekRow(y);
    startRow(canvas.template, colourAt, fields, mixed);
    const user = { colours: canvas.user, colourAt, rows: fields.user };
    relightRow(user, fields.kind, constants, mixed);
    relightRow(
      { colours: mirrored, colourAt, rows: fields.mirrored },
      fields.kind,
      constants,
      mixed,
    );
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (canvas.raster.triangle[at]! >= 0) writeLevels(mixed, 3 * x, composed.rgb, 3 * at);
    }
    composed.feature.set(fields.kind.feature, y * width);
  }
  return composed;
}

interface SceneRows {
  readonly user: SourceRows;
  readonly mirrored: SourceRows;
  readonly kind: KindRows;
  seekRow(y: number): void;
}

function createSceneRows(scene: Composition): SceneRows {
  const { canvas, grid, weights, constants } = scene;
  const scale = { cellPx: grid.cellPx, widthPx: canvas.width };
  const user = createFieldRows(sourcePlanes(scene.userLight, weights.user, constants), scale);
  const mirrored = createFieldRows(
    sourcePlanes(scene.mirroredLight, weights.mirrored, constants),
    scale,
  );
  const kind = createFieldRows(kindPlanes(scene), scale);
  return {
    user: sourceRows(user),
    mirrored: sourceRows(mirrored),
    kind: { feature: kind.rows[0]!, lip: kind.rows[1]!, eye: kind.rows[2]! },
    seekRow(y) {
      for (const fields of [user, mirrored, kind]) fields.seekRow(y);
    },
  };
}

function sourceRows({ rows }: FieldRows): SourceRows {
  return {
    ...{ weight: rows[0]!, shiftY: rows[1]!, shiftA: rows[2]!, shiftB: rows[3]! },
    ...{ baseY: rows[4]!, baseA: rows[5]!, baseB: rows[6]!, middleY: rows[7]! },
    ...{ brightening: rows[8]!, middleGain: rows[9]!, chromaFade: rows[10]! },
  };
}

/** Smooth fields of one source along a row of pixels. */
interface SourceRows {
  /** How much of the source is taken, 0..1. */
  readonly weight: Float32Array;
  /** What light and tone add to Y, A and B. */
  readonly shiftY: Float32Array;
  readonly shiftA: Float32Array;
  readonly shiftB: Float32Array;
  /** The source's own smooth Y, A and B. */
  readonly baseY: Float32Array;
  readonly baseA: Float32Array;
  readonly baseB: Float32Array;
  /** Its Y smoothed at a small scale. */
  readonly middleY: Float32Array;
  /** 1 - e^(-shiftY) where the face gets brighter, else 0. */
  readonly brightening: Float32Array;
  /** Gain on middle detail, see {@link middleGain}. */
  readonly middleGain: Float32Array;
  /** How far the source's own colour variation fades with the change of light, 0..1. */
  readonly chromaFade: Float32Array;
}

/** What the pixels of a row show besides skin, 0..1 each. */
interface KindRows {
  /** Eyes with lids, brows, lips or nostrils. */
  readonly feature: Float32Array;
  readonly lip: Float32Array;
  /** The eyeball between the lids. */
  readonly eye: Float32Array;
}

/** Detail below this (log units) is relit by a series. */
const SMALL_DETAIL = 0.15;

/**
 * Brings a row of the user's Y A B colours (interleaved, from `colourAt`) into the template's light and adds it, weighted,
 * to `mixed` (Y A B interleaved).
 */
function relightRow(
  source: { readonly colours: Float32Array; readonly colourAt: number; readonly rows: SourceRows },
  kind: KindRows,
  constants: RelightConstants,
  mixed: Float32Array,
): void {
  const { colours, colourAt, rows } = source;
  const { weight, baseY, baseA, baseB } = rows;
  for (let x = 0; x < weight.length; x++) {
    const w = weight[x]!;
    const at = colourAt + 3 * x;
    const base = baseY[x]!;
    const y = colours[at]!;
    const feature = kind.feature[x]!;
    const lip = kind.lip[x]!;
    const eye = kind.eye[x]!;
    const share = y > base ? 1 : 0.65 - 0.55 * feature;
    const detail = relitDetail(y - base, share * rows.brightening[x]!);
    const limit = constants.highlightLimit * (1 + 0.5 * feature + 0.5 * lip);
    const middle = clamp(rows.middleGain[x]! * (y - rows.middleY[x]!), -0.3, 0.3);
    const shone = detail > limit ? compressed(detail, limit, eye) : detail;
    mixed[3 * x]! += w * (base + rows.shiftY[x]! + shone + middle);
    const a = colours[at + 1]! - baseA[x]!;
    const b = colours[at + 2]! - baseB[x]!;
    const vivid = Math.max(lip, eye);
    const own = Math.max(vivid, 0.5 * feature);
    const skinGain = constants.skinChromaGain;
    const fade = 1 - rows.chromaFade[x]! * (1 - lip);
    const gain = (skinGain + (1 - skinGain) * own) * constants.colourfulness * fade;
    // One factor for both axes, so that a limited colour (red lips) keeps its hue.
    const factor = limitedGain(gain, Math.sqrt(a * a + b * b), 0.06 + 0.1 * feature + 1.2 * vivid);
    mixed[3 * x + 1]! += w * (baseA[x]! + rows.shiftA[x]! + factor * a);
    mixed[3 * x + 2]! += w * (baseB[x]! + rows.shiftB[x]! + factor * b);
  }
}

/**
 * Detail over the smooth level after a change of light. Highlights and shadows are not multiplicative: when a face is
 * brightened, its specular spots do not grow by the same factor, nor do its folds.
 */
function relitDetail(detail: number, loss: number): number {
  if (loss < 0.02) return detail;
  // Second order of the exact form, within 0.001 log units: most skin needs no exponential.
  if (detail > -SMALL_DETAIL && detail < SMALL_DETAIL) {
    return detail * (1 - loss) * (1 + 0.5 * loss * detail);
  }
  const relit = (Math.exp(detail) - 1) * (1 - loss);
  return Math.log(relit < -0.95 ? 0.05 : 1 + relit);
}

/** Nothing but the eyes shines more than the template's own skin. */
function compressed(detail: number, limit: number, eye: number): number {
  const low = limit + limit * Math.tanh((detail - limit) / limit);
  return low + (detail - low) * eye;
}

function limitedGain(gain: number, size: number, limit: number): number {
  return gain * size > limit ? limit / size : gain;
}

/** Fills the mix with the template's own skin where no source is taken. */
function startRow(
  template: Float32Array,
  from: number,
  fields: SceneRows,
  mixed: Float32Array,
): void {
  const [direct, reflected] = [fields.user.weight, fields.mirrored.weight];
  for (let x = 0; x < direct.length; x++) {
    const rest = 1 - direct[x]! - reflected[x]!;
    writeLogOpponent(mixed, 3 * x, template, from + 3 * x);
    mixed[3 * x]! *= rest;
    mixed[3 * x + 1]! *= rest;
    mixed[3 * x + 2]! *= rest;
  }
}
