import assert from "node:assert/strict";
import test from "node:test";
import { enhanceDetail } from "../../../../src/fusion/finish/enhance-detail.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";

/** A line of one dark pixel's width down the middle. */
function aLine(feature: number, depth: number, scale = 200) {
  return aFaceLayer({
    area: { x: 0, y: 0, width: 41, height: 9 },
    scale,
    featureAt: () => feature,
    colourAt: (x) => (x === 20 ? [150 - depth, 150 - depth, 150 - depth] : [150, 150, 150]),
  });
}

function depthAfter(feature: number, strength: number, depth = 10): number {
  const layer = aLine(feature, depth);
  enhanceDetail(layer, strength);
  const row = 3 * 41 * 4;
  return layer.rgb[row + 3 * 35]! - layer.rgb[row + 3 * 20]!;
}

test("a line gets deeper with the strength, on features more than on skin", () => {
  assert.ok(Math.abs(depthAfter(0, 0) - 10) < 1e-4);
  assert.ok(depthAfter(0, 0.5) > 10.5);
  assert.ok(depthAfter(0, 1) > depthAfter(0, 0.5));
  assert.ok(depthAfter(1, 0.5) > depthAfter(0, 0.5));
});

test("an evenly coloured face stays as it is", () => {
  const layer = aLine(1, 0);
  enhanceDetail(layer, 1);
  assert.ok(layer.rgb.every((v) => Math.abs(v - 150) < 1e-3));
});

test("no pixel moves by more than 14 levels, however strong the edge", () => {
  const before = aLine(1, 150);
  const layer = aLine(1, 150);
  enhanceDetail(layer, 1);
  const moved = layer.rgb.map((v, i) => Math.abs(v - before.rgb[i]!));
  assert.ok(Math.max(...moved) <= 14 + 1e-3);
  assert.ok(Math.max(...moved) > 13);
});

test("a small face gets less: its finest detail is single pixels", () => {
  const boostAt = (scale: number): number => {
    const layer = aLine(1, 10, scale);
    enhanceDetail(layer, 0.5);
    const row = 3 * 41 * 4;
    return layer.rgb[row + 3 * 35]! - layer.rgb[row + 3 * 20]! - 10;
  };
  assert.ok(boostAt(50) > 0);
  assert.ok(boostAt(50) < 0.5 * boostAt(200));
});
