import type { Picture } from "../../src/imaging/picture.ts";
import { coverage, type Stroke, type StrokePlace, visitStroke } from "./strokes.ts";

/** Something drawn over a picture of the same size. */
export interface OccluderLayer {
  readonly width: number;
  readonly height: number;
  /** Colours, 0..255, three a pixel. */
  readonly rgb: Float32Array;
  /** How much of each pixel is covered, 0..1. */
  readonly alpha: Float32Array;
  /** Share of the light that the thing leaves to the picture under it, 0..1; 1 without a shadow. */
  readonly light: Float32Array;
}

/** A colour with how much it covers: alpha r g b. */
export type Paint = readonly [number, number, number, number];

/** A rectangle of pixels, right and bottom excluded. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An empty layer. */
export function createLayer({ width, height }: Picture): OccluderLayer {
  const cells = width * height;
  return {
    ...{ width, height, rgb: new Float32Array(3 * cells), alpha: new Float32Array(cells) },
    light: new Float32Array(cells).fill(1),
  };
}

/** Paints over what the layer has; `shade` is asked for pixel centres and answers undefined where there is nothing. */
export function paint(
  layer: OccluderLayer,
  area: Area,
  shade: (x: number, y: number) => Paint | undefined,
): void {
  eachPixel(layer, area, (at, x, y) => lay(layer, at, shade(x, y)));
}

/** Paints along a stroke: `shade` is asked for the pixels on it and at its edge. */
export function paintStroke(
  layer: OccluderLayer,
  stroke: Stroke,
  shade: (place: StrokePlace) => readonly [number, number, number],
): void {
  visitStroke(stroke, layer, 1, (at, place) => {
    const alpha = coverage(place.toEdge);
    if (alpha > 0) lay(layer, at, [alpha, ...shade(place)]);
  });
}

/** Darkens around a stroke as far as `reach` px from its edge, by up to `depth` of the light. */
export function darkenAround(
  layer: OccluderLayer,
  stroke: Stroke,
  { reach, depth }: { readonly reach: number; readonly depth: number },
): void {
  visitStroke(stroke, layer, 2.2 * reach, (at, { toEdge }) => {
    dim(layer, at, 1 - depth * Math.exp(-((Math.max(0, toEdge) / reach) ** 2)));
  });
}

function lay(layer: OccluderLayer, at: number, painted: Paint | undefined): void {
  if (!painted || painted[0] <= 0) return;
  const [alpha, ...colour] = painted;
  const under = layer.alpha[at]! * (1 - alpha);
  const total = alpha + under;
  for (let c = 0; c < 3; c++) {
    layer.rgb[3 * at + c] = (alpha * colour[c]! + under * layer.rgb[3 * at + c]!) / total;
  }
  layer.alpha[at] = total;
}

function dim(layer: OccluderLayer, at: number, share: number): void {
  layer.light[at]! *= share;
  for (let c = 0; c < 3; c++) layer.rgb[3 * at + c]! *= share;
}

/** Darkens the picture under the layer, and what the layer has already, by a share of the light that stays. */
export function darken(
  layer: OccluderLayer,
  area: Area,
  light: (x: number, y: number) => number,
): void {
  eachPixel(layer, area, (at, x, y) => dim(layer, at, light(x, y)));
}

function eachPixel(
  { width, height }: OccluderLayer,
  area: Area,
  visit: (at: number, x: number, y: number) => void,
): void {
  const bottom = Math.min(height, Math.ceil(area.bottom));
  const right = Math.min(width, Math.ceil(area.right));
  for (let y = Math.max(0, Math.floor(area.top)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(area.left)); x < right; x++) {
      visit(y * width + x, x + 0.5, y + 0.5);
    }
  }
}

/** The rectangle around some points (x, y and whatever follows), `margin` px wider on each side. */
export function areaAround(points: readonly (readonly number[])[], margin: number): Area {
  const [xs, ys] = [0, 1].map((k) => points.map((point) => point[k]!)) as [number[], number[]];
  return {
    ...{ left: Math.min(...xs) - margin, top: Math.min(...ys) - margin },
    ...{ right: Math.max(...xs) + margin, bottom: Math.max(...ys) + margin },
  };
}

/** Lays a layer over a picture. */
export function compositeLayer(picture: Picture, layer: OccluderLayer): Picture {
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < layer.alpha.length; i++) {
    const alpha = layer.alpha[i]!;
    for (let c = 0; c < 3; c++) {
      const under = picture.data[3 * i + c]! * layer.light[i]!;
      const value = alpha * layer.rgb[3 * i + c]! + (1 - alpha) * under;
      data[3 * i + c] = Math.round(Math.min(255, Math.max(0, value)));
    }
  }
  return { width: picture.width, height: picture.height, data };
}
