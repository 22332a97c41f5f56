import assert from "node:assert/strict";
import test from "node:test";
import { matchMiddleBand } from "../../../../src/fusion/light/middle-band.ts";
import { createPlane, type Plane, planeFrom } from "../../../../src/imaging/plane.ts";

const [width, height] = [40, 4];
const mask = createPlane(width, height, 1);
const flat = createPlane(width, height);
const HIGHEST = 0.13;

/** Shading that swings by so many log units to both sides. */
function waves(size: number): Plane {
  return planeFrom(width, height, (i) => size * Math.sin((2 * Math.PI * (i % width)) / 20));
}

/** The user's shading in the template's light. */
function matched(own: Plane, given: Plane): Plane {
  const change = matchMiddleBand({ own, given, givenBroad: given, shiftY: flat, mask }, HIGHEST);
  return planeFrom(width, height, (i) => own.data[i]! + change.data[i]!);
}

const most = (plane: Plane): number => Math.max(...plane.data);

test("shading as strong as the template's stays", () => {
  const own = waves(0.05);
  const result = matched(own, own);
  for (let i = 0; i < own.data.length; i++) {
    assert.ok(Math.abs(result.data[i]! - own.data[i]!) < 0.005);
  }
});

test("a cast shadow of the user's photo gets no deeper than the template's typical shading allows", () => {
  const shadow = planeFrom(width, height, (i) => (i % width < 8 ? -0.5 : 0.02));
  assert.ok(Math.min(...matched(shadow, waves(0.04)).data) > -0.13);
});

test("harder light makes the user's own shading stronger, not as strong as the template's", () => {
  const soft = waves(0.05);
  const harder = most(matched(soft, waves(0.1)));
  assert.ok(harder > 0.065 && harder < 0.1, `${harder}`);
});

test("strong shine of the template comes where the user's skin has none", () => {
  const shine = planeFrom(width, height, (i) => (i % width < 6 ? 0.4 : -0.07));
  const result = matched(flat, shine);
  assert.ok(result.data[2]! > 0.1 && result.data[2]! < 0.3, `${result.data[2]}`);
  assert.ok(Math.abs(result.data[20]!) < 0.02);
});
