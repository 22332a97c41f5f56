import type { Picture, Rect } from "./picture.ts";

/** Red, green, blue, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Draws the border of a rectangle, `thicknessPx` wide and inside it, in place; cut off at the picture's border. */
export function drawFrame(picture: Picture, rect: Rect, colour: Colour, thicknessPx: number): void {
  const { x, y, width, height } = rect;
  const across = Math.min(thicknessPx, width);
  const down = Math.min(thicknessPx, height);
  fillRect(picture, { x, y, width, height: down }, colour);
  fillRect(picture, { x, y: y + height - down, width, height: down }, colour);
  fillRect(picture, { x, y, width: across, height }, colour);
  fillRect(picture, { x: x + width - across, y, width: across, height }, colour);
}

/** Draws a disc around a point, in place: every pixel whose centre is within the radius, at least the point's own. */
export function drawDot(
  picture: Picture,
  [cx, cy]: readonly [number, number],
  radiusPx: number,
  colour: Colour,
): void {
  const reach = Math.max(0, radiusPx);
  for (let y = Math.floor(cy - reach); y <= Math.floor(cy + reach); y++) {
    for (let x = Math.floor(cx - reach); x <= Math.floor(cx + reach); x++) {
      const isOwn = x === Math.floor(cx) && y === Math.floor(cy);
      if (isOwn || Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= reach) {
        fillRect(picture, { x, y, width: 1, height: 1 }, colour);
      }
    }
  }
}

function fillRect(picture: Picture, rect: Rect, colour: Colour): void {
  const x0 = Math.max(0, Math.round(rect.x));
  const x1 = Math.min(picture.width, Math.round(rect.x + rect.width));
  const y0 = Math.max(0, Math.round(rect.y));
  const y1 = Math.min(picture.height, Math.round(rect.y + rect.height));
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) picture.data.set(colour, (y * picture.width + x) * 3);
  }
}
