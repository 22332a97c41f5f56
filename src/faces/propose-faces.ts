import { type Affine, composeAffine } from "../imaging/affine.ts";
import type { Picture } from "../imaging/picture.ts";
import { sampleCrop } from "../imaging/sample-crop.ts";
import {
  type Detection,
  type FaceDetector,
  FULL_RANGE_SIDE_PX,
  FULL_RANGE_STEP_PX,
} from "../inference/face-detector.ts";
import { type FaceRegion, regionFrom } from "./face-region.ts";
import type { PictureLevel } from "./picture-pyramid.ts";

/** How a level is to be searched. */
export interface ProposalQuery {
  /** Quarter turns clockwise by which upright faces are expected to be turned. */
  readonly quarterTurns: number;
  readonly minScore01: number;
}

/** Longest side of one detector input; larger levels are searched in overlapping parts. */
const MAX_INPUT_PX = 512;

/** Overlap of parts: faces up to this size lie whole in one of them, larger ones are found a level above. */
const OVERLAP_PX = 48;

/** Room around the level: a face cut by the border is better found when its surroundings exist. */
const BORDER_PX = 32;

/** Luma variance below which an input holds no face (8-bit steps squared: noise of 1.5 steps). */
const FLAT_VARIANCE = 2.25;

/**
 * Searches one level of a picture for faces; regions are in picture px, best score first.
 */
export async function proposeFaces(
  detector: FaceDetector,
  level: PictureLevel,
  query: ProposalQuery,
): Promise<FaceRegion[]> {
  const isLying = query.quarterTurns % 2 === 1;
  const { width, height } = level.picture;
  const turned = isLying ? { width: height, height: width } : { width, height };
  const regions: FaceRegion[] = [];
  for (const row of divide(turned.height)) {
    for (const column of divide(turned.width)) {
      const inputToTurned: Affine = { a: 1, b: 0, c: 0, d: 1, tx: column.from, ty: row.from };
      const turnedToLevel = quarterTurn(query.quarterTurns, width, height);
      const inputToLevel = composeAffine(turnedToLevel, inputToTurned);
      const size = { width: column.length, height: row.length };
      if (isFlat(level.picture, inputToLevel, size)) continue;
      const planes = sampleCrop(level.picture, {
        ...size,
        cropToPicture: inputToLevel,
        range: [-1, 1],
      });
      const found = await detector.detect({ planes, ...size }, query.minScore01);
      const inputToPicture = composeAffine(levelToPicture(level), inputToLevel);
      regions.push(...found.map((d: Detection) => regionFrom(d, inputToPicture)));
    }
  }
  return regions.sort((p, q) => q.score01 - p.score01);
}

interface PartSize {
  readonly width: number;
  readonly height: number;
}

/** Divides a side with its borders into equal overlapping parts of allowed lengths. */
function divide(side: number): { from: number; length: number }[] {
  // Smaller levels get at least the network's own input.
  const whole = Math.max(FULL_RANGE_SIDE_PX, side + 2 * BORDER_PX);
  const count =
    whole <= MAX_INPUT_PX ? 1 : Math.ceil((whole - OVERLAP_PX) / (MAX_INPUT_PX - OVERLAP_PX));
  const length =
    Math.ceil((whole + (count - 1) * OVERLAP_PX) / count / FULL_RANGE_STEP_PX) * FULL_RANGE_STEP_PX;
  const first = (side - (count * length - (count - 1) * OVERLAP_PX)) / 2;
  return Array.from({ length: count }, (_, i) => ({
    from: Math.round(first + i * (length - OVERLAP_PX)),
    length,
  }));
}

/** Maps the picture after it was turned back by quarter turns to the picture as it is. */
function quarterTurn(turns: number, width: number, height: number): Affine {
  switch (turns % 4) {
    case 1:
      return { a: 0, b: -1, c: 1, d: 0, tx: width, ty: 0 };
    case 2:
      return { a: -1, b: 0, c: 0, d: -1, tx: width, ty: height };
    case 3:
      return { a: 0, b: 1, c: -1, d: 0, tx: 0, ty: height };
    default:
      return { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 };
  }
}

function levelToPicture(level: PictureLevel): Affine {
  return { a: 1 / level.scale, b: 0, c: 0, d: 1 / level.scale, tx: 0, ty: 0 };
}

/**
 * True when the part of the level that an input covers is of one colour. Looks at green alone, every
 * second pixel of every second row: it carries most of the luma.
 */
function isFlat(picture: Picture, inputToPicture: Affine, size: PartSize): boolean {
  const m = inputToPicture;
  const corners = [
    [m.tx, m.ty],
    [m.a * size.width + m.b * size.height + m.tx, m.c * size.width + m.d * size.height + m.ty],
  ] as const;
  const [left, right] = clippedSpan(corners[0][0], corners[1][0], picture.width);
  const [top, bottom] = clippedSpan(corners[0][1], corners[1][1], picture.height);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      const value = picture.data[(y * picture.width + x) * 3 + 1]!;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 || squares / count - (sum / count) ** 2 < FLAT_VARIANCE;
}

function clippedSpan(p: number, q: number, length: number): [number, number] {
  return [Math.max(0, Math.min(p, q)), Math.min(length, Math.max(p, q))];
}
