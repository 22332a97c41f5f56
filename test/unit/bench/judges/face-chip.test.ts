import assert from "node:assert/strict";
import test from "node:test";
import { CHIP_SIZE, cutFaceChip, placeChip } from "../../../../bench/judges/face-chip.ts";

/** A mesh whose five chip points are a turned, scaled and moved copy of where the chip wants them. */
function meshFrom(angleRad: number, scale: number, tx: number, ty: number): Float32Array {
  const wanted: readonly (readonly [number, number, number])[] = [
    [263, 0.8595674595992, 0.2134981538014],
    [362, 0.6460604764104, 0.2289674387677],
    [33, 0.1205750620789, 0.2137274526848],
    [133, 0.3340850613712, 0.2290642403242],
    [2, 0.4901123135679, 0.6277975316475],
  ];
  const mesh = new Float32Array(478 * 3);
  for (const [point, ux, uy] of wanted) {
    const [x, y] = [((ux + 0.25) / 1.5) * CHIP_SIZE, ((uy + 0.25) / 1.5) * CHIP_SIZE];
    mesh[3 * point] = scale * (x * Math.cos(angleRad) - y * Math.sin(angleRad)) + tx;
    mesh[3 * point + 1] = scale * (x * Math.sin(angleRad) + y * Math.cos(angleRad)) + ty;
  }
  return mesh;
}

test("the chip finds turn, size and place of the five landmarks", () => {
  const place = placeChip(meshFrom(0.7, 2.5, 40, -12));
  assert.ok(Math.abs(place.a - 2.5 * Math.cos(0.7)) < 1e-4);
  assert.ok(Math.abs(place.b - 2.5 * Math.sin(0.7)) < 1e-4);
  assert.ok(Math.abs(place.tx - 40) < 1e-3 && Math.abs(place.ty + 12) < 1e-3);
});

test("a chip at 1:1 copies pixels, and one of a large face averages them", () => {
  const side = 450;
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) data.fill((i % side) % 2 ? 200 : 100, 3 * i, 3 * i + 3);
  const picture = { width: side, height: side, data };
  const copied = cutFaceChip(picture, meshFrom(0, 1, 0, 0));
  assert.ok(Math.abs(copied[3 * 40]! - 100) < 0.5 && Math.abs(copied[3 * 41]! - 200) < 0.5);
  const shrunk = cutFaceChip(picture, meshFrom(0, 3, 0, 0));
  for (let x = 5; x < 145; x++) assert.ok(Math.abs(shrunk[3 * (CHIP_SIZE * 75 + x)]! - 150) < 20);
});
