import type { Detection } from "./face-detector.ts";

/** Boxes that share more of their union than this are the same face; MediaPipe's value. */
const MIN_SHARED_01 = 0.3;

/**
 * Joins overlapping detections: each group becomes the mean of its boxes and key points weighted by
 * score, with the best score ("blazeface", Bazarevsky et al. 2019). Best first.
 */
export function suppressOverlaps(detections: readonly Detection[]): Detection[] {
  let rest = detections.toSorted((p, q) => q.score01 - p.score01);
  const kept: Detection[] = [];
  while (rest.length > 0) {
    const best = rest[0]!;
    const group = rest.filter((other) => sharedArea01(best, other) > MIN_SHARED_01);
    // A box without area overlaps nothing, not even itself.
    kept.push(group.length > 0 ? weightedMean(group) : best);
    rest = rest.slice(1).filter((other) => !group.includes(other));
  }
  return kept;
}

/** Intersection over union of two boxes, 0..1. */
function sharedArea01(p: Detection, q: Detection): number {
  const overlap = (a: number, aSize: number, b: number, bSize: number): number =>
    Math.max(0, Math.min(a + aSize / 2, b + bSize / 2) - Math.max(a - aSize / 2, b - bSize / 2));
  const shared = overlap(p.x, p.width, q.x, q.width) * overlap(p.y, p.height, q.y, q.height);
  const union = p.width * p.height + q.width * q.height - shared;
  return union > 0 ? shared / union : 0;
}

function weightedMean(group: readonly Detection[]): Detection {
  const total = group.reduce((sum, d) => sum + d.score01, 0);
  const mean = (read: (d: Detection) => number): number =>
    group.reduce((sum, d) => sum + d.score01 * read(d), 0) / total;
  return {
    x: mean((d) => d.x),
    y: mean((d) => d.y),
    width: mean((d) => d.width),
    height: mean((d) => d.height),
    score01: group[0]!.score01,
    keyPoints: group[0]!.keyPoints.map((_, i) => mean((d) => d.keyPoints[i]!)),
  };
}
