import type { Rect } from "../imaging/picture.ts";

/** Intersection over union of two rectangles, 0..1. */
export function sharedArea01(p: Rect, q: Rect): number {
  const shared = commonArea(p, q);
  const union = p.width * p.height + q.width * q.height - shared;
  return union > 0 ? shared / union : 0;
}

/** Which part of the smaller rectangle lies in the other, 0..1. */
export function coveredArea01(p: Rect, q: Rect): number {
  const smaller = Math.min(p.width * p.height, q.width * q.height);
  return smaller > 0 ? commonArea(p, q) / smaller : 0;
}

/** True when the centre of `inner` lies in `outer`. */
export function isInside(inner: Rect, outer: Rect): boolean {
  const x = inner.x + inner.width / 2;
  const y = inner.y + inner.height / 2;
  return x >= outer.x && y >= outer.y && x <= outer.x + outer.width && y <= outer.y + outer.height;
}

function commonArea(p: Rect, q: Rect): number {
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
  return Math.max(0, width) * Math.max(0, height);
}
