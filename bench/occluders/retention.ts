import type { Picture } from "../../src/imaging/picture.ts";
import { maskOf, ovalIn, windowAround } from "../metrics/face-window.ts";
import { ciede2000, type Lab, labFromRgb } from "../metrics/lab.ts";
import { faceLength } from "../metrics/mesh-measures.ts";
import type { OccluderLayer } from "./layer.ts";

/** What became of a thing before a face. */
export interface Retention {
  /** Share of the thing's opaque pixels on the face that the result still shows, 0..1. */
  readonly kept: number;
  /** Share of the face's free pixels that the result changed, 0..1: what keeps everything keeps the thing as well. */
  readonly replaced: number;
  /** Opaque pixels on the face. */
  readonly pixels: number;
}

/** CIEDE2000 up to which a pixel is still the same. */
const SAME = 5;
/** How far the thing may have moved with the face's outline, in face lengths. */
const MOVED = 0.012;
/** Below this change a free pixel still shows the template. */
const CHANGED = 2.3;
const OPAQUE = 0.95;
/** Free pixels are at least this far from the thing and its shadow. */
const UNTOUCHED_LIGHT = 0.995;

/**
 * Compares a result with the picture that went in, inside the face's outline. A pixel of the thing is kept where the result has
 * its colour (CIEDE2000 up to 5) at the place or within 0.012 face lengths of it, since what hangs over the outline moves
 * with it.
 */
export function measureRetention(
  result: Picture,
  composite: Picture,
  scene: { readonly layer: OccluderLayer; readonly mesh: ArrayLike<number> },
): Retention {
  const { layer, mesh } = scene;
  const window = windowAround(mesh, 0, composite);
  const inside = maskOf(window, [ovalIn(window, mesh)]).data;
  const radius = Math.max(1, Math.round(MOVED * faceLength(mesh)));
  const shown = labsOf(result);
  let [kept, opaque, changed, free] = [0, 0, 0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    const x = window.x + (i % window.width);
    const y = window.y + Math.floor(i / window.width);
    const at = y * composite.width + x;
    const before = labAt(composite, x, y);
    if (layer.alpha[at]! >= OPAQUE) {
      opaque++;
      if (isNear(shown, before, { x, y, radius })) kept++;
    } else if (layer.alpha[at] === 0 && layer.light[at]! > UNTOUCHED_LIGHT) {
      free++;
      if (ciede2000(shown(x, y), before) > CHANGED) changed++;
    }
  }
  return {
    kept: opaque === 0 ? 1 : kept / opaque,
    replaced: free === 0 ? 0 : changed / free,
    pixels: opaque,
  };
}

/** True where the picture has a colour at a place or around it; the place itself first. */
function isNear(
  shown: (x: number, y: number) => Lab,
  colour: Lab,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
): boolean {
  for (let reach = 0; reach <= radius; reach++) {
    for (let dy = -reach; dy <= reach; dy++) {
      const step = Math.abs(dy) === reach ? 1 : Math.max(1, 2 * reach);
      for (let dx = -reach; dx <= reach; dx += step) {
        const there = shown(x + dx, y + dy);
        // Lightness alone tells most apart; its weight is below 1.8 everywhere.
        if (Math.abs(there[0] - colour[0]) > 1.8 * SAME) continue;
        if (ciede2000(there, colour) <= SAME) return true;
      }
    }
  }
  return false;
}

/** Lab of a picture's pixels, each converted once. */
function labsOf(picture: Picture): (x: number, y: number) => Lab {
  const known = new Map<number, Lab>();
  return (x, y) => {
    const key = y * picture.width + x;
    const lab = known.get(key) ?? labAt(picture, x, y);
    known.set(key, lab);
    return lab;
  };
}

function labAt({ data, width, height }: Picture, x: number, y: number): Lab {
  const column = Math.min(width - 1, Math.max(0, x));
  const at = 3 * (Math.min(height - 1, Math.max(0, y)) * width + column);
  return labFromRgb(data[at]!, data[at + 1]!, data[at + 2]!);
}
