import assert from "node:assert/strict";
import test from "node:test";
import { readFlexMap } from "../../../../src/models/tflite/flexbuffer.ts";
import { readTfliteModel } from "../../../../src/models/tflite/tflite-model.ts";
import { modelSource } from "../../../support/model-sources.ts";

test("reads signed, unsigned and float numbers and vectors of one map", () => {
  // Laid out by hand after the FlexBuffers specification: keys, their vector, a vector value, the map.
  const bytes = Uint8Array.from([
    ...[0x61, 0, 0x62, 0, 0x63, 0, 0x64, 0], // "a" "b" "c" "d" at 0, 2, 4, 6
    ...[4, 9, 8, 7, 6], // number of keys, then each one's distance back to its first letter
    ...[3, 0x05, 0xff, 0x10], // three 8-bit integers: 5 -1 16
    ...[0, 0, 0], // alignment
    ...[15, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0], // distance back to the keys, their width, number of values
    ...[0xfe, 0xff, 0xff, 0xff], // a: -2
    ...[0xc8, 0, 0, 0], // b: 200
    ...[0, 0, 0xc0, 0x3f], // c: 1.5
    ...[0x23, 0, 0, 0], // d: distance back to the vector's first item
    ...[(1 << 2) | 2, (2 << 2) | 2, (3 << 2) | 2, 11 << 2], // types
    ...[20, (9 << 2) | 2, 1], // distance back to the map, its type, width of the distance
  ]);
  const keysAt = 9;
  const mapAt = 32;
  bytes[20] = 20 - keysAt;
  bytes[mapAt + 12] = mapAt + 12 - 14;
  assert.deepEqual(Object.fromEntries(readFlexMap(bytes)), {
    a: -2,
    b: 200,
    c: 1.5,
    d: [5, -1, 16],
  });
});

test("reads the crop options that the attention mesh states for lips and eyes", async () => {
  const model = readTfliteModel(await modelSource("faceMesh"));
  const options = model.operators
    .filter(({ name }) => name === "Landmarks2TransformMatrix")
    .map(({ customOptions }) => readFlexMap(customOptions));
  assert.deepEqual(
    options.map((map) => (map.get("subset_idxs") as readonly number[]).length),
    [80, 71, 71],
  );
  for (const map of options) {
    assert.equal(map.get("output_width"), 16);
    assert.equal(map.get("scale_x"), 1.5);
    assert.equal(map.get("target_rotation_radians"), 0);
  }
});

test("refuses a value that is no map", () => {
  assert.throws(() => readFlexMap(Uint8Array.from([7, 4, 1])), RangeError);
});
